"""The quiz as one WTForms form, built from the catalogue.

Thirty fields of three radios each are one compound field here: WTForms keeps the form, its
validation and its errors, and the template draws the radios from the catalogue by a loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields import Field
from wtforms.validators import ValidationError

from quiz.content.catalogue import CODES, Catalogue
from quiz.i18n import gettext

PREFIX: Final = "answer."
SLACK: Final = 50


class AnswersField(Field):  # type: ignore[misc]  # WTForms is untyped
    """All that a voter sends, read in one pass.

    ``sent`` counts the fields that came; ``data`` maps a statement's id to agree, neutral or disagree; ``double`` holds the ids that
    count double; ``unknown`` the ids that this catalogue does not have. ``content`` is the hash of
    the content that the form was made from, ``parties`` the ids of those chosen to compare. What
    can be read is kept even where something else is wrong, so that a voter loses nothing.
    """

    def __init__(self, statement_ids: frozenset[str], **options: Any) -> None:
        super().__init__(**options)
        self.statement_ids = statement_ids

    def process(
        self,
        formdata: MultiDict[str, str] | None,
        data: object = None,
        extra_filters: object = None,
    ) -> None:
        """Read answers and marks; collect what is wrong with the statement's id."""
        self.process_errors: list[str] = []
        self.data: dict[str, str] = {}
        self.double: set[str] = set()
        self.unknown: list[str] = []
        self.problems: list[tuple[str | None, str]] = []
        self.content, self.parties = "", []
        self.sent = len(formdata or ())
        if not formdata:
            return
        if self.sent > 2 * len(self.statement_ids) + SLACK:
            self.problems.append(
                (None, gettext("The form has more fields than the quiz asks for."))
            )
        for name, values in formdata.lists():
            if name.startswith(PREFIX):
                statement_id = name[len(PREFIX) :]
                if statement_id not in self.statement_ids:
                    self.unknown.append(statement_id)
                elif len(values) == 1 and values[0] in CODES:
                    self.data[statement_id] = values[0]
                elif values != ["skip"] and values != [""]:
                    self._refuse(statement_id, values)
            elif name == "double":
                self.double = self.statement_ids.intersection(values)
                self.unknown += [one for one in values if one not in self.statement_ids]
            elif name == "content":
                self.content = values[0]
            elif name == "party":
                self.parties = values

    def _refuse(self, statement_id: str, values: list[str]) -> None:
        words = (
            gettext("This statement was answered twice. Choose one answer.")
            if len(values) > 1
            else gettext("We do not know this answer. Your other answers are still here.")
        )
        self.problems.append((statement_id, words))

    def problem(self, statement_id: str) -> str | None:
        """Return what is wrong with one statement's answer, if anything is."""
        return next((message for name, message in self.problems if name == statement_id), None)

    def pre_validate(self, form: Form) -> None:
        """Refuse what could not be read, and statements that this content never had."""
        if self.unknown and form.is_current:
            name = self.unknown[0][:60]
            self.problems.append(
                (None, gettext("We do not know a statement “%(name)s”.", name=name))
            )
        if self.problems:
            raise ValidationError(self.problems[0][1])


class QuizForm(Form):  # type: ignore[misc]
    """What the quiz page sends. Built by ``build_form``; what varies is added there."""

    catalogue: Catalogue
    answers: AnswersField
    usual: Mapping[bytes, tuple[str, str]]

    @property
    def is_current(self) -> bool:
        """Whether the form was made from the content that is served now."""
        return self.answers.content in {"", self.catalogue.content_hash}

    @property
    def gone(self) -> bool:
        """Whether the form answers statements that were taken out since it was made."""
        return bool(self.answers.unknown) and not self.is_current

    @classmethod
    def fields(cls, body: bytes) -> MultiDict[str, str]:
        """Read a body as browsers send it (URL-encoded); what is not UTF-8 costs no other field."""
        usual = cls.usual
        return MultiDict([usual.get(pair) or _read_pair(pair) for pair in body.split(b"&") if pair])


def build_form(catalogue: Catalogue) -> type[QuizForm]:
    """Make the form class of one catalogue; it is kept with the catalogue."""
    return type(
        "CatalogueQuizForm",
        (QuizForm,),
        {
            "catalogue": catalogue,
            "answers": AnswersField(frozenset(catalogue.statement_index)),
            "usual": {f"{name}={value}".encode(): (name, value) for name, value in _usual(catalogue)},
        },
    )


def _usual(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield what the quiz page's controls send, none of which needs decoding."""
    yield "content", catalogue.content_hash
    for statement in catalogue.statements:
        yield "double", statement.id
        for word in (*CODES, "skip"):
            yield f"{PREFIX}{statement.id}", word


def _read_pair(pair: bytes) -> tuple[str, str]:
    (read,) = parse_qsl(pair.decode(errors="replace"), keep_blank_values=True)
    return read
