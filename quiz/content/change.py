"""What changed between two editions of the content, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quiz.content.catalogue import Catalogue, Party, Position, Statement


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: what it is about, and what happened to it."""

    about: str
    what: str


def differences(old: Catalogue, new: Catalogue) -> list[Difference]:
    """Compare two catalogues: the quiz, statements, parties, positions and quotes."""
    return [*_quiz(old, new), *_statements(old, new), *_parties(old, new)]


def _quiz(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    for key in ("title", "description", "languages", "matching", "version", "as_of", "election",
                "publisher", "contact"):  # fmt: skip
        before, after = getattr(old.quiz, key), getattr(new.quiz, key)
        if before != after:
            yield Difference("quiz", f"{key} changed: {_short(before)} → {_short(after)}")


def _statements(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    before = {entry.id: entry for entry in old.statements}
    after = {entry.id: entry for entry in new.statements}
    for name in before.keys() - after.keys():
        yield Difference(f"statement {name}", "taken out")
    for name, entry in after.items():
        if name not in before:
            yield Difference(f"statement {name}", "added")
        else:
            yield from _statement(before[name], entry)
    shared = [name for name in before if name in after]
    if shared != [name for name in after if name in before]:
        yield Difference("statements", "stand in another order")


def _statement(old: Statement, new: Statement) -> Iterator[Difference]:
    for key in ("theme", "text", "explanation", "argument_for", "argument_against"):
        before, after = getattr(old, key), getattr(new, key)
        if before == after:
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            for tag in sorted(before.keys() | after.keys()):
                if before.get(tag) != after.get(tag):
                    yield Difference(
                        f"statement {new.id}",
                        f"{key} ({tag}): {_short(before.get(tag))} → {_short(after.get(tag))}",
                    )
        else:
            yield Difference(f"statement {new.id}", f"{key}: {_short(before)} → {_short(after)}")


def _parties(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    before = {party.id: party for party in old.parties}
    after = {party.id: party for party in new.parties}
    for name in before.keys() - after.keys():
        yield Difference(f"party {name}", "taken out")
    for name, party in after.items():
        if name not in before:
            yield Difference(f"party {name}", f"added, with {len(party.positions)} positions")
        else:
            yield from _positions(before[name], party)


def _positions(old: Party, new: Party) -> Iterator[Difference]:
    for key in ("name", "long_name", "color", "url", "searched"):
        if getattr(old, key) != getattr(new, key):
            yield Difference(
                f"party {new.id}",
                f"{key}: {_short(getattr(old, key))} → {_short(getattr(new, key))}",
            )
    for statement in sorted(old.positions.keys() | new.positions.keys()):
        before, after = old.positions.get(statement), new.positions.get(statement)
        if before != after:
            for what in _position(before, after):
                yield Difference(f"{new.id} on {statement}", what)


def _position(old: Position | None, new: Position | None) -> Iterator[str]:
    if old is None or new is None:
        yield f"{old.name if old else 'no position'} → {new.name if new else 'no position'}"
        return
    if old.name != new.name:
        yield f"{old.name} → {new.name}"
    gone, fresh = set(old.quotes) - set(new.quotes), set(new.quotes) - set(old.quotes)
    for quote in sorted(gone, key=lambda quote: quote.text):
        yield f"quote taken out: {_short(quote.text)}"
    for quote in sorted(fresh, key=lambda quote: quote.text):
        yield f"quote added: {_short(quote.text)}"
    if (old.explicit, old.explanation, old.from_summary) != (
        new.explicit,
        new.explanation,
        new.from_summary,
    ):
        yield "explanation or kind of evidence changed"


def _short(value: object) -> str:
    if value is None:
        return "nothing"
    text = " / ".join(value.values()) if isinstance(value, dict) else str(value)
    return f"“{text if len(text) <= 70 else text[:69] + '…'}”"
