"""The quiz as one WTForms form, built from the catalogue.

Thirty fields of three radios each are one compound field here: WTForms keeps the form, its
validation and its errors, and the template draws the radios from the catalogue by a loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectMultipleField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from quiz.content.catalogue import CODES, Catalogue
from quiz.i18n import gettext

PREFIX: Final = "answer."
SKIP: Final = frozenset({"skip", ""})
SLACK: Final = 50


class AnswersField(Field):  # type: ignore[misc]  # WTForms is untyped
    """All answers of a form, read in one pass.

    ``data`` maps a statement's id to agree, neutral or disagree; ``double`` holds the ids that
    count double; ``unknown`` the ids that this catalogue does not have. What can be read is kept
    even where something else is wrong, so that a voter loses nothing.
    """

    def __init__(self, statement_ids: frozenset[str], **options: Any) -> None:
        super().__init__(**options)
        self.statement_ids = statement_ids
        self.data: dict[str, str] = {}
        self.double: set[str] = set()
        self.unknown: list[str] = []
        self.problems: list[tuple[str | None, str]] = []

    def process(
        self,
        formdata: MultiDict[str, str] | None,
        data: object = None,
        extra_filters: object = None,
    ) -> None:
        """Read answers and marks; collect what is wrong with the statement's id."""
        self.process_errors: list[str] = []
        self.data, self.double, self.unknown, self.problems = {}, set(), [], []
        if formdata is None:
            return
        if len(formdata) > 2 * len(self.statement_ids) + SLACK:
            self.problems.append(
                (None, gettext("The form has more fields than the quiz asks for."))
            )
        for name, values in formdata.lists():
            if name.startswith(PREFIX):
                self._read(name.removeprefix(PREFIX), values)
        self._read_double(formdata.getlist("double"))

    def _read(self, statement_id: str, values: list[str]) -> None:
        if statement_id not in self.statement_ids:
            self.unknown.append(statement_id)
        elif len(values) > 1:
            self.problems.append(
                (statement_id, gettext("This statement was answered twice. Choose one answer."))
            )
        elif values[0] in CODES:
            self.data[statement_id] = values[0]
        elif values[0] not in SKIP:
            self.problems.append(
                (
                    statement_id,
                    gettext("We do not know this answer. Your other answers are still here."),
                )
            )

    def _read_double(self, values: list[str]) -> None:
        for statement_id in values:
            if statement_id not in self.statement_ids:
                self.unknown.append(statement_id)
            else:
                self.double.add(statement_id)

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
    """What the quiz page sends. Built by ``build_form``; fields that vary are added there."""

    catalogue: Catalogue
    answers: AnswersField
    party: SelectMultipleField
    content = HiddenField()

    @property
    def is_current(self) -> bool:
        """Whether the form was made from the content that is served now."""
        return self.content.data in {None, "", self.catalogue.content_hash}

    @property
    def gone(self) -> bool:
        """Whether the form answers statements that were taken out since it was made."""
        return bool(self.answers.unknown) and not self.is_current


def build_form(catalogue: Catalogue) -> type[QuizForm]:
    """Make the form class of one catalogue; it is kept with the catalogue."""
    ids = frozenset(statement.id for statement in catalogue.statements)
    fields: Mapping[str, object] = {
        "catalogue": catalogue,
        "answers": AnswersField(ids),
        "party": SelectMultipleField(choices=[], validate_choice=False),
    }
    return type("CatalogueQuizForm", (QuizForm,), dict(fields))
