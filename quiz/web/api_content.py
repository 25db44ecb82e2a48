"""The quiz as the API gives it, as pydantic models: the source of OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from quiz.content.open_data import shown_keys
from quiz.content.schema import PartyModel, SourceModel, StatementModel, text_keys
from quiz.content.values import Edition, Kind, PositionName

Hash = Annotated[
    str,
    Field(
        pattern="^[0-9a-f]{64}$", description="SHA-256 of the content.", examples=["0760f0d7" * 8]
    ),
]
Version = Annotated[str, Field(description="The program's version.", examples=["0.1.0"])]
Words = dict[str, str]
"""Language tag → text."""


def _drawn(model: type[BaseModel]) -> type[BaseModel]:
    """Return a base with every key of the schema that is shown, so that none can be forgotten;
    below it the keys are described for readers.
    """
    texts = text_keys(model)
    fields: dict[str, Any] = {}
    for key in shown_keys(model):
        field = model.model_fields[key]
        kind = Words | None if key in texts else field.annotation
        fields[key] = (kind, Field(description=field.description))
    return create_model(model.__name__, **fields)


class ThemeData(BaseModel):
    """A group of statements."""

    id: str = Field(description="Its id.", examples=["leisure"])
    name: Words = Field(description="Its name by language.", examples=[{"en": "Leisure"}])


class StatementData(_drawn(StatementModel)):  # type: ignore[misc]  # a base made at run time
    """One proposal."""

    id: str = Field(
        description="Its id; it stays when the wording is mended.", examples=["build-a-pool"]
    )
    theme: str = Field(description="The id of its theme.", examples=["leisure"])
    text: Words = Field(
        description="The proposal by language.",
        examples=[{"en": "The town must build a swimming pool."}],
    )
    revision: str = Field(
        description="Stands for its words: other words, another revision.", examples=["877cdc"]
    )
    explanation: Words = Field(
        description="What it would change, by language.",
        examples=[{"en": "There is none within ten kilometres."}],
    )
    argument_for: Words | None = Field(
        description="A reason for it, by language.",
        examples=[{"en": "Everybody can learn to swim."}],
    )
    argument_against: Words | None = Field(
        description="A reason against it, by language.", examples=[{"en": "A pool is expensive."}]
    )


class SourceData(_drawn(SourceModel)):  # type: ignore[misc]  # a base made at run time
    """A document that quotes come from."""

    id: str = Field(description="Its id.", examples=["example-2025"])
    title: str = Field(description="Its title.", examples=["Programme 2025"])
    edition: Edition = Field(description="Which version was read.", examples=["final"])
    url: str | None = Field(
        description="Where it can be found.", examples=["https://example.org/programme.pdf"]
    )
    kind: Kind | None = Field(
        description="What it is: a programme, the party's answers to a questionnaire, a website, or "
        "quotes that somebody gathered.",
        examples=["programme"],
    )
    date: str | None = Field(description="The day it is from.", examples=["2025-10-01"])


class QuoteData(BaseModel):
    """A party's own words, or a summary's where the position says so."""

    text: str = Field(description="Verbatim.", examples=["We shall build a swimming pool."])
    source: str = Field(description="The source's id.", examples=["example-2025"])
    page: int | None = Field(ge=1, description="Its page, where it has pages.", examples=[12])


class PositionData(BaseModel):
    """A party's stand on one statement, with its evidence."""

    position: PositionName = Field(description="Its position.", examples=["agree"])
    explicit: bool = Field(
        description="Whether a quote says it outright, or it follows from it.", examples=[True]
    )
    from_summary: bool = Field(
        description="Whether the evidence is somebody's summary.", examples=[False]
    )
    quotes: list[QuoteData] = Field(description="The evidence.")
    explanation: Words | None = Field(
        description="Why the quotes mean this, by language.",
        examples=[{"en": "The programme asks for one."}],
    )


class PartyData(_drawn(PartyModel)):  # type: ignore[misc]  # a base made at run time
    """A party with its positions."""

    id: str = Field(description="Its id.", examples=["example"])
    name: str = Field(description="Its short name.", examples=["EP"])
    long_name: str | None = Field(description="Its full name.", examples=["Example Party"])
    color: str | None = Field(description="Its colour, #rgb or #rrggbb.", examples=["#502379"])
    logo: str | None = Field(
        description="Its logo's file, beside the content.", examples=["logos/ep.svg"]
    )
    url: str | None = Field(description="Its site.", examples=["https://example.org"])
    searched: list[str] = Field(
        description="Ids of the sources that were read for it.", examples=[["example-2025"]]
    )
    answers: dict[str, PositionData] = Field(
        description="Statement id → position; a statement that is not there: no position found, "
        "which is never the same as neutral."
    )


class QuizResponse(BaseModel):
    """Everything that is shown."""

    content_hash: Hash
    standpunt: Version
    quiz: dict[str, Any] = Field(
        description="The quiz: id, title, languages, matching, version, as in statements.yaml; and "
        "the licence of the coding, if it has one. Quotes remain the parties'.",
        examples=[{"id": "example", "version": 2, "licence": "CC-BY-4.0"}],
    )
    themes: list[ThemeData] = Field(description="In the order of the file.")
    statements: list[StatementData] = Field(description="In the order of the quiz.")
    sources: list[SourceData] = Field(description="The documents that quotes come from.")
    parties: list[PartyData] = Field(description="In the order of the file.")
