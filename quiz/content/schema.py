"""The two files' form, as pydantic models. The JSON Schemas for editors come from here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

DEFAULT: Final = ""
"""The key under which a plain string stands until the quiz's languages are known."""

LANGUAGE: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return {DEFAULT: value}
    if isinstance(value, bool | int):
        raise PydanticCustomError("unquoted", "A text is expected here. Put it in quotes.")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date", "A date is expected here, like 2025-10-29.")


Words = Annotated[str, StringConstraints(min_length=1, max_length=5000, pattern=r"\S")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
Contact = Annotated[
    str,
    StringConstraints(
        pattern=r"^(https?://[^\s<>\"]+|(mailto:)?[^\s<>\"@:/?]+@[^\s<>\"@:/?]+)$", max_length=2000
    ),
]
Color = Annotated[str, StringConstraints(pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]
Text = Annotated[
    dict[str, Words],
    BeforeValidator(
        _text,
        json_schema_input_type=Words | dict[Annotated[str, StringConstraints(pattern=LANGUAGE)], Words],
    ),
    Field(min_length=1),
]
Day = Annotated[date, BeforeValidator(_date, json_schema_input_type=date)]
Small = Annotated[int, Field(ge=0, le=1000)]
PositionName = Literal["agree", "neutral", "disagree"]


class Model(BaseModel):
    """Strict: no conversions, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class MatchingModel(Model):
    """How answers and positions are matched. Whole numbers."""

    method: Literal["city-block", "exact", "quadratic", "directional", "hybrid"] = Field(
        "city-block", description="The table of agreement; see the method page."
    )
    prior: Small = Field(
        10,
        description="How many imaginary statements every party is given, on which it agrees as "
        "much as chance would. 0 gives plain percentages, for content without gaps.",
    )
    double_weight: Annotated[int, Field(ge=1, le=10)] = Field(
        2, description="The weight of a statement that counts double."
    )
    min_compared: Small = Field(
        5, description="With fewer compared statements, a party is not ranked."
    )


class PublisherModel(Model):
    """Who answers for the content. Named on every page."""

    name: Name = Field(description="Name of the publisher.")
    url: Url | None = Field(None, description="Address of the publisher's site.")


class ChangeModel(Model):
    """One entry of the changelog."""

    version: Annotated[int, Field(ge=1)] = Field(description="The version that this describes.")
    date: Day = Field(description="The day of the change, like 2025-10-29.")
    text: Text = Field(description="What changed, in plain words.")


class QuizModel(Model):
    """What holds for the whole quiz."""

    id: Slug = Field(description="Short name in small letters, digits and hyphens.")
    title: Text = Field(description="Title of the quiz.")
    description: Text = Field(description="One or two sentences about the quiz.")
    languages: Annotated[
        list[Annotated[str, StringConstraints(pattern=LANGUAGE)]], Field(min_length=1, max_length=20)
    ] = Field(description="Languages of the content, the default first: [nl, en].")
    matching: MatchingModel = Field(
        default_factory=lambda: MatchingModel.model_construct(
            method="city-block", prior=10, double_weight=2, min_compared=5
        ),
        description="How answers and positions are matched.",
    )
    version: Annotated[int, Field(ge=1)] = Field(1, description="Counts up when content changes.")
    as_of: Day | None = Field(None, description="The day that the content is true of.")
    election: Text | None = Field(None, description="The election that this is about.")
    publisher: PublisherModel | None = Field(None, description="Who answers for the content.")
    contact: Contact | None = Field(
        None, description="Mail address or page for “is this not right?”."
    )
    changelog: list[ChangeModel] = Field([], description="What changed in each version.")


class ThemeModel(Model):
    """A group of statements."""

    id: Slug = Field(description="Short name in small letters, digits and hyphens.")
    name: Text = Field(description="Name of the theme.")


class StatementModel(Model):
    """One proposal to agree or disagree with."""

    id: Slug = Field(description="Short name; never change it once published.")
    status: Literal["published", "draft"] = Field(
        "published", description="A draft is shown in the preview only."
    )
    theme: Slug = Field(description="The id of a theme.")
    text: Text = Field(description="The proposal: one idea, at most 20 words.")
    explanation: Text = Field(description="What is the case now and what would change.")
    argument_for: Text | None = Field(None, description="One argument for.")
    argument_against: Text | None = Field(None, description="One argument against.")


class StatementsFile(Model):
    """statements.yaml: the quiz, its themes and its statements."""

    quiz: QuizModel = Field(description="What holds for the whole quiz.")
    themes: Annotated[list[ThemeModel], Field(min_length=1, max_length=100)] = Field(
        description="Groups of statements, in the order of the pages."
    )
    statements: Annotated[list[StatementModel], Field(min_length=1, max_length=500)] = Field(
        description="The statements, in the order in which voters see them."
    )


class SourceModel(Model):
    """A document that quotes come from."""

    id: Slug = Field(description="Short name in small letters, digits and hyphens.")
    title: Name = Field(description="Title of the document.")
    edition: Literal["final", "draft", "summary"] = Field(description="Which edition was read.")
    url: Url | None = Field(None, description="Where the document can be read.")
    file: Annotated[str, StringConstraints(pattern=r"^[^/\\\s.][^\\\s]*$", max_length=300)] | None = (
        Field(None, description="Text file for the quote check, below --sources DIR.")
    )
    lines: dict[Slug, Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=2, max_length=2)]] | None = (
        Field(None, description="Party id → first and last of its own lines in that file.")
    )


class QuoteModel(Model):
    """A party's own words."""

    text: Words = Field(description="The quote, copied exactly, without quotation marks.")
    source: Slug = Field(description="The id of a source.")
    page: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        None, description="The page in the document; page 1 is the cover of a PDF."
    )


class SummaryModel(Model):
    """Somebody's summary, where there is no quote."""

    text: Words = Field(description="The summary's sentence, copied exactly.")
    source: Slug = Field(description="The id of a source.")
    page: Annotated[int, Field(ge=1, le=10_000)] | None = Field(None, description="The page.")


class AnswerModel(Model):
    """A party's position on one statement, with its evidence."""

    status: Literal["published", "draft"] = Field(
        "published", description="A draft is shown in the preview only."
    )
    position: PositionName = Field(description="agree, neutral or disagree.")
    explicit: bool = Field(
        description="true: the quote says it outright; false: it follows from the quote."
    )
    quotes: list[QuoteModel] = Field([], description="The party's own words.")
    summary: SummaryModel | None = Field(None, description="In place of quotes; labelled as such.")
    explanation: Text | None = Field(None, description="Why this quote means this position.")


class PartyModel(Model):
    """A party and its answers."""

    id: Slug = Field(description="Short name in small letters, digits and hyphens.")
    name: Name = Field(description="The name as people know it.")
    long_name: Name | None = Field(None, description="The name in full.")
    color: Color | None = Field(None, description='For a small swatch, like "#502379".')
    url: Url | None = Field(None, description="The party's site.")
    searched: list[Slug] = Field([], description="The ids of the sources read for this party.")
    answers: dict[Slug, AnswerModel] = Field(
        {}, description="Statement id → position. No entry: no position found."
    )


class AnswersFile(Model):
    """party_answers.yaml: the sources, and the parties with their answers."""

    sources: list[SourceModel] = Field(description="The documents that quotes come from.")
    parties: Annotated[list[PartyModel], Field(min_length=1, max_length=500)] = Field(
        description="The parties. Pages show them by name, or by match."
    )
