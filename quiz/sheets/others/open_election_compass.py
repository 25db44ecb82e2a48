"""Open Election Compass: one JSON file with languages, parties, theses and positions by option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from quiz.sheets.made import MadeQuiz, known_keys
from quiz.translations.commands import tr

POSITIONS: Final = {
    "approve": "agree", "partly": "neutral", "neutral": "neutral", "reject": "disagree",
    "skip": "none", "": "none",
}  # fmt: skip


def fits(files: Mapping[str, Any]) -> bool:
    """Whether one of the files is such a quiz."""
    return _quiz(files) is not None


def fill(files: Mapping[str, Any], made: MadeQuiz) -> None:
    """Fill the quiz."""
    quiz = _quiz(files) or {}
    made.languages += [entry["code"] for entry in quiz.get("languages", [])]
    made.title = next(iter(made.text(quiz.get("title")).values()), "")
    made.description = made.text((quiz.get("introduction") or {}).get("text"))
    known_keys(
        quiz,
        ("version", "languages", "title", "introduction", "parties", "theses"),
        tr("quiz"),
        made,
    )
    for party in quiz["parties"]:
        name = next(iter(made.text(party.get("short") or party["name"]).values()))
        long_name = next(iter(made.text(party["name"]).values()), "")
        made.party(party["alias"], name, long_name=long_name, url=_url(party))
        known_keys(party, ("alias", "short", "name", "url"), tr("party"), made)
    for number, thesis in enumerate(quiz["theses"]):
        title = made.text(thesis.get("title"))
        name = next(iter(title.values()), next(iter(made.text(thesis["statement"]).values())))
        explanation = made.text(thesis.get("explanation")) or title
        made.statement(str(number), name, thesis["statement"], explanation)
        known_keys(thesis, ("title", "statement", "explanation", "positions"), tr("thesis"), made)
        for alias, stated in (thesis.get("positions") or {}).items():
            theirs = stated.get("position") or ""
            reasons = made.text(stated.get("explanation"))
            made.leave_out(tr("a reason in a further language"), max(0, len(reasons) - 1))
            made.position(alias, str(number), POSITIONS[theirs], reasons, theirs)


def _url(party: Mapping[str, Any]) -> str:
    url = str(party.get("url") or "")
    return url if url.startswith(("http://", "https://")) else ""


def _quiz(files: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next(
        (
            data
            for data in files.values()
            if isinstance(data, dict) and {"parties", "theses"} <= data.keys()
        ),
        None,
    )
