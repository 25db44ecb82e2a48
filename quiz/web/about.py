"""What pages may say about a quiz: what follows from its content."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask_babel import format_date

from quiz.content.catalogue import Catalogue, Source
from quiz.web.i18n import gettext
from quiz.web.serving import published

SECONDS = 9
"""The time to read and answer one statement: 33 of them take five minutes."""


def minutes() -> int:
    """Estimate how many minutes the quiz takes."""
    return max(1, round(SECONDS * len(published().catalogue.statements) / 60))


def today() -> date:
    """Return today's date."""
    return datetime.now(UTC).date()


def election_is_over() -> bool:
    """Whether the election is over; False where its day is unknown."""
    day = published().catalogue.quiz.election_day
    return day is not None and today() > day


def something_is_silent() -> bool:
    """Whether any party has no position on any statement."""
    catalogue = published().catalogue
    return catalogue.position_count < len(catalogue.parties) * len(catalogue.statements)


def some_know_more() -> bool:
    """Whether one party has twice as many positions as another."""
    numbers = [len(party.positions) for party in published().catalogue.parties]
    return max(numbers) > 2 * min(numbers)


def kinds_of_sources() -> list[str]:
    """Return the kinds of sources that positions rest on, where the content names them."""
    used = _used(published().catalogue)
    words = {
        "programme": gettext("election programmes"),
        "questionnaire": gettext("parties’ own answers to questions"),
        "website": gettext("parties’ own websites"),
        "collected": gettext("quotes that somebody collected from programmes"),
    }
    return [word for kind, word in words.items() if any(source.kind == kind for source in used)]


def some_are_drafts() -> bool:
    """Whether a position rests on a document that was a draft."""
    return any(source.edition == "draft" for source in _used(published().catalogue))


def _used(catalogue: Catalogue) -> list[Source]:
    positions = [position for party in catalogue.parties for position in party.positions.values()]
    ids = {quote.source for position in positions for quote in position.quotes}
    return [source for name, source in catalogue.sources.items() if name in ids]


def source_note(source: Source) -> str:
    """Describe a source: its kind, edition and month, as far as they are known."""
    month = format_date(source.date, "MMMM y") if source.date else ""
    match source.kind, source.edition:
        case "questionnaire", _:
            words = gettext("the party’s own answer")
        case "website", _:
            words = gettext("the party’s own website")
        case "collected", _:
            words = gettext("quote collected from the programme")
        case "programme", "final":
            words = gettext("election programme")
        case "programme", "draft":
            words = gettext("draft election programme")
        case _, "final":
            words = gettext("final version")
        case _, "draft":
            words = gettext("draft version")
        case _:
            words = gettext("summary")
    return f"{words}, {month}" if month else words
