"""What changed between two editions of the content, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from quiz.content.catalogue import (
    Catalogue,
    Matching,
    Party,
    Position,
    Publisher,
    Quiz,
    QuizTexts,
    Quote,
    Source,
    Statement,
    Theme,
)
from quiz.translations.commands import later, ntr, tr

WIDTH: Final = 70
BEFORE: Final = 25

THEME: Final = later("theme %(id)s")
STATEMENT: Final = later("statement %(id)s")
SOURCE: Final = later("source %(id)s")
PARTY: Final = later("party %(id)s")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what it is about, and what changed."""

    about: str
    what: str


def differences(old: Catalogue, new: Catalogue) -> list[Difference]:
    """Compare two catalogues: the quiz, themes, statements, sources, parties, positions, quotes."""
    return [*_quiz(old, new), *_themes(old, new), *_statements(old, new),
            *_sources(old, new), *_parties(old, new)]  # fmt: skip


def _quiz(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    yield from _values(tr("quiz"), old.quiz, new.quiz, _keys(Quiz, "changelog", "texts"))
    yield from _values(tr("quiz"), old.quiz.texts, new.quiz.texts, _keys(QuizTexts))
    if old.quiz.changelog != new.quiz.changelog:
        yield Difference(tr("quiz"), tr("the changelog changed"))


def _themes(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    before, after = _by_id(old.themes), _by_id(new.themes)
    yield from _came_and_went(THEME, before, after)
    for name, theme in after.items():
        if name in before:
            yield from _values(tr(THEME, id=name), before[name], theme, _keys(Theme))
    yield from _order(tr("themes"), before, after)


def _statements(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    before, after = _by_id(old.statements), _by_id(new.statements)
    yield from _came_and_went(STATEMENT, before, after)
    keys = _keys(Statement, "draft")
    for name, entry in after.items():
        if name in before:
            about = tr(STATEMENT, id=name)
            yield from _values(about, before[name], entry, keys)
            yield from _draft(about, before[name], entry)
    yield from _order(tr("statements"), before, after)


def _sources(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    yield from _came_and_went(SOURCE, old.sources, new.sources)
    for name, source in new.sources.items():
        if name in old.sources:
            keys = _keys(Source, "file", "lines")
            yield from _values(tr(SOURCE, id=name), old.sources[name], source, keys)
    yield from _order(tr("sources"), old.sources, new.sources)


def _parties(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    before, after = _by_id(old.parties), _by_id(new.parties)
    for name in before:
        if name not in after:
            yield Difference(tr(PARTY, id=name), tr("taken out"))
    for name, party in after.items():
        if name in before:
            keys = _keys(Party, "positions")
            yield from _values(tr(PARTY, id=name), before[name], party, keys)
            yield from _positions(before[name], party)
        else:
            count = len(party.positions)
            added = ntr("added, with %(count)s position", "added, with %(count)s positions", count)
            yield Difference(tr(PARTY, id=name), added)
    yield from _order(tr("parties"), before, after)


def _positions(old: Party, new: Party) -> Iterator[Difference]:
    for statement in sorted(old.positions.keys() | new.positions.keys()):
        about = tr("%(party)s on %(statement)s", party=new.id, statement=statement)
        before, after = old.positions.get(statement), new.positions.get(statement)
        if before is None or after is None:
            was, now = (side.name if side else tr("no position") for side in (before, after))
            yield Difference(about, f"{was} → {now}")
        elif before != after:
            yield from (Difference(about, what) for what in _position(before, after))
            yield from _draft(about, before, after)


def _position(old: Position, new: Position) -> Iterator[str]:
    if old.name != new.name:
        yield f"{old.name} → {new.name}"
    yield from _quotes(old.quotes, new.quotes)
    if old.explicit != new.explicit:
        yield tr("now says it outright") if new.explicit else tr("now follows from the quote")
    if old.from_summary != new.from_summary:
        yield tr("now rests on a summary") if new.from_summary else tr("now rests on quotes")
    if old.explanation != new.explanation:
        yield from _texts("explanation", old.explanation or {}, new.explanation or {})


def _quotes(old: Sequence[Quote], new: Sequence[Quote]) -> Iterator[str]:
    before, after = {quote.text: quote for quote in old}, {quote.text: quote for quote in new}
    for text, quote in before.items():
        if text not in after:
            yield tr("quote taken out: %(quote)s", quote=_short(text))
        elif quote != after[text]:
            was, now = _cited(quote), _cited(after[text])
            yield tr("quote %(quote)s: %(was)s → %(now)s", quote=_short(text), was=was, now=now)
    for text in after:
        if text not in before:
            yield tr("quote added: %(quote)s", quote=_short(text))
    if before == after and old != new:
        yield tr("the quotes stand in another order")


def _cited(quote: Quote) -> str:
    page = tr("no page") if quote.page is None else tr("page %(page)s", page=quote.page)
    return f"{quote.source}, {page}"


def _draft(
    about: str, old: Statement | Position, new: Statement | Position
) -> Iterator[Difference]:
    if old.draft != new.draft:
        yield Difference(about, tr("now a draft") if new.draft else tr("now published"))


def _keys(kind: Any, *apart: str) -> list[str]:
    """Return the fields of an entry, except those that are compared separately."""
    return [field.name for field in fields(kind) if field.name not in apart]


def _by_id(entries: Sequence[Any]) -> dict[str, Any]:
    return {entry.id: entry for entry in entries}


def _came_and_went(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in before:
        if name not in after:
            yield Difference(tr(what, id=name), tr("taken out"))
    for name in after:
        if name not in before:
            yield Difference(tr(what, id=name), tr("added"))


def _order(what: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Difference(what, tr("stand in another order"))


def _values(about: str, old: Any, new: Any, keys: Sequence[str]) -> Iterator[Difference]:
    for key in keys:
        before, after = getattr(old, key), getattr(new, key)
        if before == after:
            continue
        if isinstance(before, dict) or isinstance(after, dict):
            texts = _texts(key, before or {}, after or {})
            yield from (Difference(about, what) for what in texts)
        else:
            yield Difference(about, f"{key}: {_change(_word(before), _word(after))}")


def _texts(key: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for tag in sorted(old.keys() | new.keys()):
        if old.get(tag) != new.get(tag):
            yield f"{key} ({tag}): {_change(old.get(tag), new.get(tag))}"


def _word(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return " / ".join(value.values())
    if isinstance(value, Matching | Publisher):
        return ", ".join(f"{key} {part}" for key, part in asdict(value).items() if part is not None)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _change(old: str | None, new: str | None) -> str:
    """Return both texts, shortened around the point where they differ."""
    cut = 0
    if old and new and max(len(old), len(new)) > WIDTH:
        same = next(
            (at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now),
            min(len(old), len(new)),
        )
        cut = max(0, same - BEFORE)
    return f"{_short(old, cut)} → {_short(new, cut)}"


def _short(text: str | None, cut: int = 0) -> str:
    if not text:
        return tr("nothing")
    end = text[cut : cut + WIDTH] + ("…" if len(text) > cut + WIDTH else "")
    return f"“{'…' if cut else ''}{end}”"
