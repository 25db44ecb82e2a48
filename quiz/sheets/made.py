"""A new quiz built from imported entries: it makes ids, reports every mapping, and writes the
two files.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML

from quiz.content import ANSWERS, STATEMENTS
from quiz.content.catalogue import CODES
from quiz.content.slugs import slug
from quiz.sheets.cells import is_placeholder
from quiz.sheets.files import spelled
from quiz.sheets.table import Notes, SheetError
from quiz.translations.commands import tr

LONGEST: Final = 5000
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the importing person says of the new quiz; empty where the file decides."""

    title: str = ""
    language: str = ""
    source: str = ""
    id: str = ""
    parties: tuple[str, ...] = ()


@dataclass
class MadeQuiz:
    """A new quiz under construction. Texts are maps from language to text."""

    wishes: Wishes
    notes: Notes
    title: str = ""
    description: Mapping[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    themes: dict[str, dict[str, Any]] = field(default_factory=dict)
    statements: dict[str, dict[str, Any]] = field(default_factory=dict)
    parties: dict[str, dict[str, Any]] = field(default_factory=dict)
    mapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    positions: int = 0

    def theme(self, name: Mapping[str, str] | str) -> str:
        """Return the id of the theme with this name; add the theme where it is new."""
        texts = self.text(name) or self.text(tr("All statements"))
        first = next(iter(texts.values()))
        if first not in self.themes:
            self.themes[first] = {"id": self._id(first, "theme", self.themes), "name": texts}
        return str(self.themes[first]["id"])

    def statement(
        self, key: str, name: str, text: Mapping[str, str] | str, explanation: Any = "",
        theme: Mapping[str, str] | str = "",
    ) -> None:  # fmt: skip
        """Add a statement under the key by which positions name it; ``name`` becomes its id."""
        texts = self.text(text)
        entry = self.statements.get(key)
        if entry is not None:
            entry["text"] |= texts
            return
        self.statements[key] = {
            "id": self._id(name, "statement", self.statements),
            "theme": self.theme(theme),
            "text": texts,
            "explanation": self.text(explanation) or self.text(name),
        }

    def party(self, key: str, name: str, **more: str) -> None:
        """Add a party under the key by which positions name it."""
        if key not in self.parties:
            kept = {field: value for field, value in more.items() if value}
            party_id = self._id(name, "party", self.parties)
            name = self._cut(name, LONGEST_NAME)
            self.parties[key] = {"id": party_id, "name": name, **kept, "answers": {}}

    def position(self, party: str, statement: str, word: str, reason: Any, theirs: str) -> None:
        """Add a position in one of our words, with the party's reason; ``theirs`` is the
        original answer.
        """
        self.mapped[theirs, word] += 1
        if word not in CODES:
            return
        answers = self.parties[party]["answers"]
        name = self.statements[statement]["id"]
        words = reason if isinstance(reason, str) else next(iter(self.text(reason).values()), "")
        words = self._cut(" ".join(words.split()))
        evidence: dict[str, Any]
        if words and not is_placeholder(words):
            evidence = {"quotes": [{"text": words, "source": "answers"}]}
        else:
            party_name = self.parties[party]["name"]
            text = tr("%(party)s: %(answer)s, without a reason", party=party_name, answer=theirs)
            evidence = {"summary": {"text": text, "source": "answers"}}
        answers[name] = {"position": word, **evidence}
        self.positions += 1

    def text(self, value: Any) -> dict[str, str]:
        """Return a text by language; a plain string is in the quiz's first."""
        if isinstance(value, str):
            value = {self.first: value}
        texts = {}
        for tag, words in (value or {}).items():
            if isinstance(words, str) and words.strip():
                texts[str(tag)] = self._cut(words.strip())
                if tag not in self.languages:
                    self.languages.append(str(tag))
        return texts

    def _cut(self, words: str, most: int = LONGEST) -> str:
        if len(words) > most:
            self.leave_out(tr("the end of a text of more than %(count)s characters", count=most))
        return words[:most]

    @property
    def first(self) -> str:
        """The quiz's first language: the one asked for, or else the file's first."""
        return self.wishes.language or (self.languages[0] if self.languages else "en")

    def leave_out(self, what: str, count: int = 1) -> None:
        """Count something that cannot be taken over."""
        if count:
            self.left_out[what] += count

    def texts(self) -> dict[str, bytes]:
        """Return the two files.

        Raises ``SheetError`` where there are no statements or no parties.
        """
        if not self.statements:
            self.notes.stop()
            raise SheetError("–", tr("There are no statements in this."))
        for name in self.wishes.parties:
            self.party(name, name)
        if not self.parties:
            self.notes.stop()
            raise SheetError("–", tr("There are no parties in this. Name them with --parties."))
        self._tell()
        return {STATEMENTS: _dump(self._statements()), ANSWERS: _dump(self._answers())}

    def _statements(self) -> dict[str, Any]:
        title = self.wishes.title or self.title or tr("A new quiz")
        cells = len(self.statements) * len(self.parties)
        prior = 0 if self.positions == cells else 6
        languages = [self.first, *(tag for tag in self.languages if tag != self.first)]
        quiz = {
            "id": self.wishes.id or slug(title) or "quiz",
            "title": {self.first: title} if len(languages) > 1 else title,
            "description": dict(self.description) or title,
            "languages": languages,
            "matching": {"method": "city-block", "prior": prior, "double_weight": 2,
                         "min_compared": 2},
        }  # fmt: skip
        return {
            "quiz": quiz,
            "themes": list(self.themes.values()),
            "statements": list(self.statements.values()),
        }

    def _answers(self) -> dict[str, Any]:
        title = self.wishes.source or self.wishes.title or self.title or tr("The parties' answers")
        source = {
            "id": "answers", "title": title[:LONGEST_NAME], "edition": "final", "kind": "questionnaire",
            "explicit": True,
        }  # fmt: skip
        parties = [{**party, "searched": ["answers"]} for party in self.parties.values()]
        return {"sources": [source], "parties": parties}

    def _id(self, name: str, what: str, among: Mapping[str, Mapping[str, Any]]) -> str:
        """Make an unused id; report it where it is not made of the name's own letters."""
        taken = {entry["id"] for entry in among.values()}
        made = slug(name)
        if not made:
            made = f"{what}-{len(among) + 1}"
            self.notes.remark(tr("%(name)s has the id %(id)s.", name=name[:60], id=made))
        made = made[:70].strip("-")
        number, free = 2, made
        while free in taken:
            free, number = f"{made}-{number}", number + 1
        return free

    def _tell(self) -> None:
        """Report every mapping of their answers to our positions, and what was left out."""
        for (theirs, word), count in sorted(self.mapped.items(), key=lambda item: -item[1]):
            here = word if word in CODES else tr("no position")
            self.notes.remark(f"{theirs or '–'} → {here}: {count} ×")
        for what, count in self.left_out.items():
            times = f" ({count} ×)" if count > 1 else ""
            self.notes.remark(tr("Left out: %(what)s%(times)s.", what=what, times=times))


def known_keys(entry: Mapping[str, Any], known: Iterable[str], where: str, made: MadeQuiz) -> None:
    """Count an entry's keys that hold something and cannot be taken over."""
    for key in entry.keys() - set(known):
        if entry[key] not in (None, "", [], {}):
            made.leave_out(f"{where} → {key}")


def _dump(data: Mapping[str, Any]) -> bytes:
    yaml = YAML()
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_spelled(data), out)
    return out.getvalue().encode()


def _spelled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {spelled(str(key)): _spelled(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_spelled(inner) for inner in value]
    return spelled(value)
