"""The quiz as one WTForms form, read with the catalogue at hand.

Thirty fields of three radios each are one compound field here: WTForms handles the form, its
validation and its errors, and the template renders the radios in a loop over the catalogue. An
answer is sent as ``answer.ID=a.1c9f04`` (see ``quiz.web.wire``). A handwritten form may omit the
revision.
"""

from __future__ import annotations

from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms.fields import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from quiz.content.catalogue import NAMES, NONE, Catalogue, Statement
from quiz.web.i18n import gettext
from quiz.web.wire import IN_CODES, SKIPPED

PREFIX: Final = "answer."
SLACK: Final = 50


class AnswersField(Field):  # type: ignore[misc]  # WTForms is untyped
    """Everything that a voter sends, read in one pass.

    ``sent`` counts the fields received. ``codes`` holds the answer to each statement, coded as in
    ``quiz.content.catalogue``; ``double`` the ids that count double. ``changed`` holds the
    statements whose wording has changed since they were answered: these answers do not count.
    ``unknown``: the ids that this catalogue does not have. ``content`` is the hash of the content
    that the form was made from, ``parties`` the ids of those chosen to compare, ``compares``
    whether that was asked for. What can be read is kept even where something else is wrong, so that
    a voter loses nothing.
    """

    def __init__(self, catalogue: Catalogue, **options: Any) -> None:
        super().__init__("", **options)  # the page shows no label, and translating one is slow
        self.catalogue = catalogue

    def process(
        self,
        formdata: MultiDict[str, str] | None,
        data: object = None,
        extra_filters: object = None,
    ) -> None:
        """Read answers and marks; collect what is wrong, with the statement's id."""
        sent: MultiDict[str, str] = MultiDict() if formdata is None else formdata
        self.process_errors: list[str] = []
        self.problems: list[tuple[str | None, str]] = []
        self.changed: list[Statement] = []
        self.sent = sum(map(len, sent.listvalues()))
        self.content = sent.get("content", "")
        self.parties = list(dict.fromkeys(name.rstrip(".") for name in sent.getlist("party")))
        self.compares = "compare" in sent
        known = self.catalogue.statement_index
        self.double = {name for name in sent.getlist("double") if name in known}
        self.unknown = [
            name.removeprefix(PREFIX)
            for name, value in sent.items()
            if name.startswith(PREFIX)
            and name[len(PREFIX) :] not in known
            and not value.startswith(SKIPPED)
        ] + [name for name in sent.getlist("double") if name not in known]
        if self.sent > 2 * len(known) + SLACK:
            words = gettext("The form has more fields than the quiz asks for.")
            self.problems.append((None, words))
        skipped = sent.getlist("skip")
        self.codes = [
            NONE if statement.id in skipped else self._read(statement, sent)
            for statement in self.catalogue.statements
        ]

    def _read(self, statement: Statement, sent: MultiDict[str, str]) -> int:
        values = sent.getlist(PREFIX + statement.id)
        if len(values) > 1:
            words = gettext("This statement was answered twice. Choose one answer.")
            return self._refuse(statement, words)
        letter, _, revision = values[0].partition(".") if values else ("", "", "")
        if letter not in IN_CODES:
            words = gettext("We do not know this answer. Your other answers are still here.")
            return self._refuse(statement, words)
        if IN_CODES[letter] != NONE and revision not in {"", statement.revision}:
            self.changed.append(statement)
            return NONE
        return IN_CODES[letter]

    def _refuse(self, statement: Statement, words: str) -> int:
        self.problems.append((statement.id, words))
        return NONE

    @property
    def data(self) -> dict[str, str]:
        """The answers: a statement's id → agree, neutral or disagree."""
        pairs = zip(self.catalogue.statement_index, self.codes, strict=True)
        return {name: NAMES[code] for name, code in pairs if code != NONE}

    def problem(self, statement_id: str) -> str | None:
        """Return what is wrong with one statement's answer, if anything."""
        return next((message for name, message in self.problems if name == statement_id), None)

    def pre_validate(self, form: QuizForm) -> None:
        """Refuse unreadable answers, and statements that this content never had."""
        if self.unknown and form.is_current:
            name = self.unknown[0][:60]
            self.problems.append(
                (None, gettext("We do not know a statement “%(name)s”.", name=name))
            )
        if self.problems:
            raise ValidationError(self.problems[0][1])


class QuizForm(BaseForm):  # type: ignore[misc]
    """The form that a quiz page sends."""

    def __init__(self, catalogue: Catalogue, sent: MultiDict[str, str] | None = None) -> None:
        super().__init__({"answers": AnswersField(catalogue)})
        self.answers: AnswersField = self._fields["answers"]
        self.content_hash = catalogue.content_hash
        self.process(sent)

    @property
    def is_current(self) -> bool:
        """Whether the form was made from the published content."""
        return self.answers.content in {"", self.content_hash}

    @property
    def gone(self) -> bool:
        """Whether the form answers statements that have been removed since it was made."""
        return bool(self.answers.unknown) and not self.is_current
