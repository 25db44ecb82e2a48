"""Matching over the API, as pydantic models: the source of validation and of OpenAPI."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from quiz import __version__
from quiz.content.catalogue import CODES, Catalogue
from quiz.content.methods import METHODS
from quiz.matching.answers import Answers, AnswersError
from quiz.matching.kernel import Kernel
from quiz.matching.result import result
from quiz.matching.saved_result import PartyNumbers, party_numbers
from quiz.web.api_content import Hash, Version

FIELDS: Final = ("answers", "double", "method", "revisions")
Method = Annotated[
    str,
    Field(
        description="How answers and positions were compared.",
        json_schema_extra={"enum": list(METHODS)},
        examples=["city-block"],
    ),
]


class OtherWordsError(AnswersError):
    """Every answer is to an older wording of its statement."""


class MatchRequest(BaseModel):
    """A voter's answers, and how to compare them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answers: dict[str, str]
    double: list[str] | str = []
    method: str = ""
    revisions: dict[str, str] = {}


def request_model(catalogue: Catalogue) -> type[MatchRequest]:
    """Return the model with this catalogue's statements and the quiz's own method as default."""
    ids = [statement.id for statement in catalogue.statements]
    statement_id: Any = Literal[tuple(ids)]
    answer: Any = Literal[tuple(CODES)]
    method: Any = Literal[tuple(METHODS)]
    return create_model(
        "MatchRequest",
        __base__=MatchRequest,
        __doc__=MatchRequest.__doc__,
        answers=(
            dict[statement_id, answer],
            Field(
                min_length=1,
                description="Statement id → answer; a statement that is left out was skipped.",
                examples=[{ids[0]: "agree"}],
            ),
        ),
        double=(
            list[statement_id] | statement_id,
            Field(
                default=[],
                description="Ids of the statements that count double; one id alone is a list of one.",
                examples=[[ids[0]]],
            ),
        ),
        method=(
            method,
            Field(
                default=catalogue.quiz.matching.method,
                description="How answers and positions are compared; the quiz's own by default.",
                examples=["exact"],
            ),
        ),
        revisions=(
            dict[statement_id, str],
            Field(
                default={},
                description="Statement id → the revision of its words that was answered, as "
                "/api/v1/quiz gives it. An answer to other words is not counted.",
                examples=[{ids[0]: catalogue.statements[0].revision}],
            ),
        ),
    )


class PartyMatch(PartyNumbers):
    """One party beside the voter."""

    leading: bool = Field(
        description="Whether it comes first, or ties for it, with all answers or with any one left out.",
        examples=[True],
    )


class MatchResponse(BaseModel):
    """Every party beside the voter, ranked ones first, equal ones by name."""

    quiz: str = Field(description="The quiz's id.", examples=["digital-infrastructure-2025"])
    version: int = Field(ge=1, description="The content's version.", examples=[2])
    content_hash: Hash
    standpunt: Version
    method: Method
    prior: int = Field(ge=0, description="Imaginary statements given to each party.", examples=[6])
    min_compared: int = Field(
        ge=0, description="Compared statements below which a party has no rank.", examples=[2]
    )
    double_weight: int = Field(ge=1, description="What a doubled statement weighs.", examples=[2])
    answered: int = Field(ge=1, description="How many statements were answered.", examples=[12])
    changed: list[str] = Field(
        description="Ids of the statements whose words were others when they were answered, by the "
        "request's revisions; their answers are not counted.",
        examples=[[]],
    )
    named: list[str] = Field(
        description="Ids of the parties that a headline may name, in order; empty where fewer than "
        "three can be ranked, or the voter agrees with none more than chance would.",
        examples=[["example"]],
    )
    parties: list[PartyMatch] = Field(description="Ranked ones first, equal ones by name.")


class ErrorDetail(BaseModel):
    """What is wrong, and where."""

    field: str | None = Field(description="Which part of the request.", examples=["answers.x"])
    message: str = Field(description="In words.", examples=["There is no such statement."])


class ErrorResponse(BaseModel):
    """The answer to a request that cannot be served."""

    error: ErrorDetail = Field(description="What is wrong, and where.")


def read_request(model: type[MatchRequest], data: object) -> MatchRequest:
    """Validate a request. Raises ``AnswersError`` with the first thing that is wrong."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
    place = [str(part) for part in fault["loc"] if part != "[key]"]
    kind, top = fault["type"], place[0] if place else ""
    if not place:
        raise AnswersError("", 'The body must be an object: {"answers": {…}}.')
    if kind == "extra_forbidden":
        raise AnswersError(top[:80], f"This field is not known: {', '.join(FIELDS)}.")
    if top == "double":
        raise AnswersError(
            "double", 'A list of statement ids of this quiz is needed here, like ["a", "b"].'
        )
    if top == "method":
        raise AnswersError("method", f"A method is one of: {', '.join(METHODS)}.")
    if top == "revisions":
        raise AnswersError("revisions", "An object of statement ids and revisions is needed here.")
    if kind == "too_short":
        raise AnswersError("answers", "Give at least one answer.")
    if len(place) == 1:
        raise AnswersError("answers", "An object of statement ids and answers is needed here.")
    field = f"answers.{place[1][:80]}"
    if "[key]" in fault["loc"]:
        raise AnswersError(field, "There is no such statement.")
    raise AnswersError(field, "An answer is agree, neutral or disagree.")


def match_response(catalogue: Catalogue, kernel: Kernel, body: MatchRequest) -> MatchResponse:
    """Match a request's answers with the parties.

    Raises ``OtherWordsError`` where every answer is to an older wording.
    """
    double = [body.double] if isinstance(body.double, str) else body.double
    now = {statement.id: statement.revision for statement in catalogue.statements}
    changed = [name for name in body.answers if body.revisions.get(name, now[name]) != now[name]]
    kept = {name: word for name, word in body.answers.items() if name not in changed}
    if not kept:
        raise OtherWordsError("revisions", "All these statements have other words by now.")
    answers = Answers.from_words(catalogue, kept, double)
    compared = result(catalogue, kernel, answers)
    leading = {outcome.party.id for outcome in compared.outcomes if outcome.leading}
    return MatchResponse(
        quiz=catalogue.quiz.id,
        version=catalogue.quiz.version,
        content_hash=catalogue.content_hash,
        standpunt=__version__,
        method=kernel.method.name,
        prior=kernel.prior,
        min_compared=kernel.min_compared,
        double_weight=catalogue.quiz.matching.double_weight,
        answered=compared.answered,
        changed=changed,
        named=[outcome.party.id for outcome in compared.named],
        parties=[
            PartyMatch(**numbers, leading=numbers["id"] in leading)
            for numbers in party_numbers(catalogue, compared.firmness.scores)
        ],
    )
