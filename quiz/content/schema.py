"""The two files' form, as pydantic models. The JSON Schemas for editors come from here."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from quiz.content.values import (
    FILE,
    Color,
    Contact,
    Day,
    Edition,
    Image,
    Kind,
    Licence,
    LineNumber,
    Method,
    Name,
    Origin,
    Page,
    PositionName,
    Slug,
    Small,
    Status,
    Tag,
    Text,
    Url,
    Words,
    as_text,
)


class Model(BaseModel):
    """Strict: no conversions, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def text_keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model that hold a text with languages.

    >>> text_keys(StatementModel)
    ['text', 'explanation', 'argument_for', 'argument_against']
    """
    return [name for name, field in model.model_fields.items() if _is_text(field)]


def _is_text(field: Any) -> bool:
    marks = [
        *field.metadata,
        *(mark for argument in get_args(field.annotation) for mark in get_args(argument)),
    ]
    return any(isinstance(mark, BeforeValidator) and mark.func is as_text for mark in marks)


class MatchingModel(Model):
    """How answers and positions are matched. Whole numbers."""

    method: Method = Field(
        default="city-block", description="The table of agreement; the method page explains each."
    )
    prior: Small = Field(
        default=6,
        description="How many imaginary statements every party is given, on which it agrees as "
        "much as chance would. 0 gives plain percentages, for content without gaps.",
    )
    double_weight: Annotated[int, Field(ge=1, le=10)] = Field(
        default=2, description="The weight of a statement that a voter marked as important."
    )
    min_compared: Small = Field(
        default=2,
        description="A party with fewer compared statements is not ranked: too little is known.",
    )


class PublisherModel(Model):
    """Who answers for the content. Named on every page."""

    name: Name = Field(description="Name of the publisher.")
    url: Url | None = Field(default=None, description="Address of the publisher's site.")


class ChangeModel(Model):
    """One entry of the changelog."""

    version: Annotated[int, Field(ge=1)] = Field(description="The version that this describes.")
    date: Day = Field(description="The day of the change, like 2025-10-29.")
    text: Text = Field(description="What changed, in plain words.")


class TextsModel(Model):
    """What only this quiz can say of itself. No page claims any of it otherwise."""

    scope: Text | None = Field(
        default=None, description="What the quiz is about, and what it leaves out."
    )
    evidence: Text | None = Field(
        default=None, description="What the positions rest on: which sources, read by whom."
    )
    welcome: Text | None = Field(
        default=None, description="A few words of your own on the first page."
    )
    imprint: Text | None = Field(
        default=None, description="Who publishes this: names and addresses that the law asks for."
    )


class QuizModel(Model):
    """What holds for the whole quiz."""

    id: Slug = Field(description="Short name: small letters, digits, hyphens.")
    title: Text = Field(description="Title of the quiz.")
    description: Text = Field(description="One or two sentences about the quiz.")
    languages: Annotated[list[Tag], Field(min_length=1, max_length=20)] = Field(
        description="Languages of the texts. The first is the default: [nl, en]."
    )
    matching: MatchingModel = Field(
        default_factory=MatchingModel, description="How answers and positions are matched."
    )
    version: Annotated[int, Field(ge=1)] = Field(
        default=1, description="Counts up whenever the content changes."
    )
    as_of: Day | None = Field(
        default=None, description="The day that the content is true of, like 2025-10-29."
    )
    election: Text | None = Field(default=None, description="The election that this is about.")
    publisher: PublisherModel | None = Field(
        default=None, description="Who answers for the content."
    )
    contact: Contact | None = Field(
        default=None, description="Mail address or page for “is this not right?”."
    )
    changelog: Annotated[list[ChangeModel], Field(max_length=1000)] = Field(
        default_factory=list, description="What changed in each version."
    )
    election_day: Day | None = Field(
        default=None, description="Before it the pages look ahead, after it they look back."
    )
    name: Name | None = Field(
        default=None, description="The site's name in the header, in place of Standpunt."
    )
    texts: TextsModel = Field(
        default_factory=TextsModel, description="What only this quiz can say of itself."
    )
    embed: Annotated[list[Origin], Field(max_length=50)] = Field(
        default_factory=list,
        description='Sites that may show the quiz in a frame, like ["https://krant.example"].',
    )
    licence: Licence | None = Field(
        default=None,
        description="Under which the positions may be used, like CC-BY-4.0. Left out: no page or "
        "file gives them away.",
    )


class ThemeModel(Model):
    """A group of statements."""

    id: Slug = Field(description="Short name: small letters, digits, hyphens.")
    name: Text = Field(description="Name of the theme.")


class StatementModel(Model):
    """One proposal to agree or disagree with."""

    id: Slug = Field(description="Short name. Never change it once published.")
    status: Status = Field(default="published", description="A draft is shown in the preview only.")
    theme: Slug = Field(description="The id of a theme.")
    text: Text = Field(description="The proposal: one idea, at most 20 words.")
    explanation: Text = Field(description="What is the case now, and what would change.")
    argument_for: Text | None = Field(default=None, description="One argument for.")
    argument_against: Text | None = Field(default=None, description="One argument against.")


class StatementsFile(Model):
    """The quiz, its themes and its statements."""

    quiz: QuizModel = Field(description="What holds for the whole quiz.")
    themes: Annotated[list[ThemeModel], Field(min_length=1, max_length=100)] = Field(
        description="Groups of statements, in the order of the pages."
    )
    statements: Annotated[list[StatementModel], Field(min_length=1, max_length=500)] = Field(
        description="The statements, in the order in which voters see them."
    )


class SourceModel(Model):
    """A document that quotes come from."""

    id: Slug = Field(description="Short name: small letters, digits, hyphens.")
    title: Name = Field(description="Title of the document.")
    edition: Edition = Field(description="Which edition was read: final, draft or a summary.")
    kind: Kind | None = Field(
        default=None,
        description="programme; questionnaire: the party's own answers; website; collected: "
        "quotes that somebody gathered.",
    )
    explicit: bool | None = Field(
        default=None,
        description="What ‘explicit’ is where a position from this source does not say.",
    )
    date: Day | None = Field(default=None, description="The day it is from, like 2025-10-01.")
    url: Url | None = Field(default=None, description="Where the document can be read.")
    file: Annotated[str, StringConstraints(pattern=FILE, max_length=300)] | None = Field(
        default=None, description="Text file for the quote check, below --sources DIR."
    )
    lines: dict[Slug, Annotated[list[LineNumber], Field(min_length=2, max_length=2)]] | None = (
        Field(default=None, description="Party id → first and last of its own lines in that file.")
    )


class QuoteModel(Model):
    """A party's own words."""

    text: Words = Field(
        description="The quote, copied exactly, without the quotation marks around it."
    )
    source: Slug = Field(description="The id of a source.")
    page: Page | None = Field(
        default=None, description="The page in the document; page 1 is the cover of a PDF."
    )


class SummaryModel(Model):
    """Somebody's summary, where there is no quote. Pages label it as such."""

    text: Words = Field(description="The summary's sentence, copied exactly.")
    source: Slug = Field(description="The id of a source.")
    page: Page | None = Field(default=None, description="The page in the document.")


class AnswerModel(Model):
    """A party's position on one statement, with its evidence: quotes, or a summary."""

    status: Status = Field(default="published", description="A draft is shown in the preview only.")
    position: PositionName = Field(
        description="agree, neutral or disagree. No position found: leave the entry out."
    )
    explicit: bool | None = Field(
        default=None,
        description="true: the quote says it outright; false: it follows from the quote. "
        "Left out: as the source says.",
    )
    quotes: Annotated[list[QuoteModel], Field(max_length=20)] = Field(
        default_factory=list, description="The party's own words."
    )
    summary: SummaryModel | None = Field(
        default=None, description="In place of quotes, where only a summary says it."
    )
    explanation: Text | None = Field(
        default=None, description="Why this quote means this position."
    )


class PartyModel(Model):
    """A party and its positions."""

    id: Slug = Field(description="Short name: small letters, digits, hyphens.")
    name: Name = Field(description="The name as people know it.")
    long_name: Name | None = Field(default=None, description="The name in full.")
    color: Color | None = Field(default=None, description='For a swatch, like "#502379".')
    logo: Image | None = Field(
        default=None, description="A picture beside the YAML, like logos/volt.svg."
    )
    url: Url | None = Field(default=None, description="Address of the party's site.")
    searched: Annotated[list[Slug], Field(max_length=2000)] = Field(
        default_factory=list, description="The ids of the sources that were read for this party."
    )
    answers: dict[Slug, AnswerModel] = Field(
        default_factory=dict, description="Statement id → position. No entry: no position found."
    )


class AnswersFile(Model):
    """The sources, and the parties with their positions."""

    sources: Annotated[list[SourceModel], Field(max_length=2000)] = Field(
        description="The documents that quotes come from."
    )
    parties: Annotated[list[PartyModel], Field(min_length=1, max_length=500)] = Field(
        description="The parties, in the order in which a list of all parties shows them."
    )
