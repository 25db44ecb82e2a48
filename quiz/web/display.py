"""What templates need to show content: texts in the page's language, links, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from flask import Flask, render_template, request, url_for
from jinja2.ext import Extension
from markupsafe import Markup, escape

from quiz import __version__
from quiz.content.catalogue import NAMES, Party, Quote, Source, Statement, Text, Theme
from quiz.content.methods import METHODS
from quiz.content.search import places
from quiz.content.sorting import sort_key
from quiz.web import about
from quiz.web.charts import dot_row
from quiz.web.i18n import comma, current, decimal_mark, direction, gettext, isolate, translator
from quiz.web.security import own_address
from quiz.web.serving import published as published  # noqa: PLC0414  # every view takes it from here
from quiz.web.wire import LETTERS

INDENTATION: Final = re.compile(r"\n[ \t]+")


def say(text: Text, wanted: str = "") -> str:
    """Return a content text in the page's language, marked with its own where that differs.

    The words in ``wanted`` are highlighted.
    """
    wished = current()
    words, language = published().catalogue.quiz.say(text, wished)
    if language == wished:
        return highlighted(words, wanted) if wanted else words  # the template escapes it
    return Markup("<span {}>{}</span>").format(marked(language), highlighted(words, wanted))


def highlighted(text: str, wanted: str) -> Markup:
    """Return a text in which the words of a search are highlighted."""
    if not wanted:
        return escape(text)
    parts, last = [], 0
    for start, end in places(text, wanted):
        parts += [escape(text[last:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        last = end
    return Markup("").join([*parts, escape(text[last:])])


def marked(language: str) -> Markup:
    """Return a text's ``lang`` attribute, and ``dir`` where it differs from the page's."""
    turned = direction(language) != direction(current())
    attributes = 'lang="{}" dir="{}"' if turned else 'lang="{}"'
    return Markup(attributes).format(language, direction(language))  # noqa: S704


def plain(text: Text) -> str:
    """Return a content text without mark-up, for titles and attributes."""
    return published().catalogue.quiz.say(text, current())[0]


def piece(name: str) -> Markup:
    """Render a template that depends on content and language alone, once for each pair."""
    return published().once(
        ("piece", name, current()),
        lambda: Markup(render_template(name).strip()),  # noqa: S704
    )


def position_word(name: str | None) -> str:
    """Name an answer or position in the page's language."""
    match name:
        case "agree":
            return gettext("Agree")
        case "neutral":
            return gettext("Neither")
        case "disagree":
            return gettext("Disagree")
        case _:
            return gettext("No position found")


def method_word(name: str) -> str:
    """Name a matching method in the page's language."""
    return gettext(METHODS[name].title)


def method_rule(name: str) -> str:
    """Say in a sentence what a matching method does with “neither”."""
    return gettext(METHODS[name].rule)


def source_of(quote: Quote) -> Source:
    """Return the document that a quote comes from."""
    return published().catalogue.sources[quote.source]


def quote_language(quote: Quote) -> str:
    """Return the language of quotes: the content's first."""
    return published().catalogue.quiz.languages[0]


def hundred(value: float) -> str:
    """Format a share as a whole number out of a hundred: 0.714 is 71."""
    return f"{100 * value:.0f}"


def decimals(value: float, places: int = 1) -> str:
    """Format a number with so many decimals."""
    return f"{value:.{places}f}".replace(".", decimal_mark())


def whole(number: int) -> str:
    """Format a whole number with thousands separators."""
    return f"{number:,}" if decimal_mark() == "." else f"{number:,}".replace(",", ".")


def percent(value: float) -> str:
    """Format a share as a whole percentage."""
    return f"{100 * value:.0f}%"


def theme_name(statement: Statement) -> Text:
    """Return the name of a statement's theme."""
    return next(theme.name for theme in published().catalogue.themes if theme.id == statement.theme)


def statements_of(theme: Theme) -> list[Statement]:
    """Return a theme's statements in file order."""
    return [entry for entry in published().catalogue.statements if entry.theme == theme.id]


def parties_by_name() -> list[Party]:
    """Return the parties in alphabetical order, which favours none on purpose."""
    language = current()
    return sorted(published().catalogue.parties, key=lambda party: sort_key(party.name, language))


def positions_on(statement: Statement) -> dict[str, list[Party]]:
    """Return the parties on each side of a statement, and those without a position, by name."""
    sides: dict[str, list[Party]] = {"agree": [], "neutral": [], "disagree": [], "none": []}
    for party in parties_by_name():
        position = party.positions.get(statement.id)
        sides[position.name if position else "none"].append(party)
    return sides


def neighbours(statement: Statement) -> tuple[Statement | None, Statement | None]:
    """Return the statements before and after one."""
    catalogue = published().catalogue
    column = catalogue.statement_index[statement.id]
    entries = catalogue.statements
    before = entries[column - 1] if column else None
    return before, entries[column + 1] if column + 1 < len(entries) else None


def contact(statement: Statement | None = None, party: Party | None = None) -> str:
    """Return the contact's address; it names the statement and the party that it is about."""
    address = published().catalogue.quiz.contact or ""
    if address and not address.startswith(("http://", "https://", "mailto:")):
        address = f"mailto:{address}"
    if not address or statement is None or party is None:
        return address
    place, mark, part = address.partition("#")
    return f"{place}{'&' if '?' in place else '?'}subject={statement.id}.{party.id}{mark}{part}"


def elsewhere(language: str) -> str:
    """Return this page's address in another language of the interface."""
    endpoint = request.endpoint or ""
    if endpoint == "voter.search":
        return url_for(endpoint, lang=language, q=request.args.get("q"))
    if (
        endpoint.startswith(("voter.", "classroom."))
        and request.url_rule
        and (request.method in {"GET", "HEAD"} or request.blueprint == "classroom")
    ):
        return url_for(endpoint, **{**(request.view_args or {}), "lang": language})
    return url_for("voter.start", lang=language)


def join_words(parts: Sequence[str], last: str = "and") -> str:
    """Join words into a list: “A, B and C”, or with ``last="or"`` “A, B or C”."""
    if len(parts) < 2:
        return "".join(parts)
    parts = [isolate(part) for part in parts]
    some, end = comma().join(parts[:-1]), parts[-1]
    if last == "or":
        return gettext("%(some)s or %(last)s", some=some, last=end)
    return gettext("%(some)s and %(last)s", some=some, last=end)


class ChoiceWords(NamedTuple):
    """The words on the choices below every statement.

    ``answers``: for each its word in the API, its letter in a form, and its label.
    """

    answers: list[tuple[str, str, str]]
    double: str
    skip: str


def choice_words() -> ChoiceWords:
    """Return the words on the choices below every statement, in the page's language."""
    answers = [(word, letter, position_word(word)) for word, letter in LETTERS.items()]
    return ChoiceWords(answers, gettext("Counts double"), gettext("Skip"))


def answer_word(code: int | None) -> str:
    """Name a voter's answer, by its code, in the page's language."""
    return gettext("Skipped") if code is None else position_word(NAMES[code])


def code_word(code: int | None) -> str:
    """Name a party's position, by its code, in the page's language."""
    return position_word(None if code is None else NAMES[code])


_GLOBALS: Final[tuple[Callable[..., object], ...]] = (
    piece,
    position_word,
    source_of,
    quote_language,
    marked,
    theme_name,
    statements_of,
    parties_by_name,
    comma,
    positions_on,
    neighbours,
    contact,
    about.minutes,
    about.election_is_over,
    about.something_is_silent,
    about.some_know_more,
    about.kinds_of_sources,
    about.some_are_drafts,
    about.source_note,
    join_words,
    elsewhere,
    answer_word,
    code_word,
    method_rule,
    method_word,
    choice_words,
    dot_row,
)
_FILTERS: Final[tuple[Callable[..., object], ...]] = (
    say,
    highlighted,
    plain,
    hundred,
    join_words,
    decimals,
    whole,
    percent,
)


class Unindented(Extension):
    """Strips indentation from templates when they are compiled: pages are a tenth smaller."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Strip leading white space; lines keep their numbers."""
        return INDENTATION.sub("\n", source)


def init_app(app: Flask) -> None:
    """Give templates these functions and the values that every page uses."""
    app.jinja_env.add_extension(Unindented)
    for function in _GLOBALS:
        app.jinja_env.globals[function.__name__] = function
    for function in _FILTERS:
        app.jinja_env.filters[function.__name__] = function

    @app.context_processor
    def page() -> dict[str, object]:
        catalogue = published().catalogue
        return {
            "catalogue": catalogue,
            "quiz": catalogue.quiz,
            "language": current(),
            "_": translator(),
            "version": __version__,
            "site": own_address(app),
        }
