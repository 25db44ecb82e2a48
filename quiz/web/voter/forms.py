"""The quiz as one WTForms form, built from the catalogue.

Thirty fields of three radios each are one compound field here: WTForms keeps the form, its
validation and its errors, and the template draws the radios from the catalogue by a loop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, Final
from urllib.parse import parse_qsl

from wtforms.fields import Field
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from quiz.content.catalogue import CODES, NAMES, NONE, Catalogue
from quiz.web.i18n import gettext

PREFIX: Final = "answer."
IN_CODES: Final[Mapping[str | None, int]] = {
    word: CODES.get(word or "", NONE) for word in (*CODES, "skip", "", None)
}
OTHERS: Final = frozenset({"content", "double", "party", "compare"})
SLACK: Final = 50


class Sent(list[tuple[str, str]]):
    """The fields of a form as they came, with what WTForms asks of them."""

    def getlist(self, name: str) -> list[str]:
        """Return the values of a field."""
        return [value for other, value in self if other == name]


class AnswersField(Field):  # type: ignore[misc]  # WTForms is untyped
    """All that a voter sends, read in one pass.

    ``sent`` counts the fields that came. ``codes`` holds the answer to each statement, coded as in
    ``quiz.content.catalogue``; ``double`` the ids that count double; ``unknown`` the ids that this
    catalogue does not have. ``content`` is the hash of the content that the form was made from,
    ``parties`` the ids of those chosen to compare, ``compares`` whether that was asked for. What can be read is kept even where something
    else is wrong, so that a voter loses nothing.

    ``names`` maps the name of each radio group to the statement's id; ``expected`` holds the names
    of all fields that a quiz page has.
    """

    def __init__(self, names: Mapping[str, str], expected: Set[str], **options: Any) -> None:
        super().__init__("", **options)  # the page shows no label, and translating one takes time
        self.names, self.expected = names, expected

    def process(
        self, formdata: Sent | None, data: object = None, extra_filters: object = None
    ) -> None:
        """Read answers and marks; collect what is wrong with the statement's id."""
        self.process_errors: list[str] = []
        self.unknown: list[str] = []
        self.problems: list[tuple[str | None, str]] = []
        sent = formdata or Sent()
        self.sent = len(sent)
        last = dict(sent)
        self.content = last.get("content", "")
        self.parties = list(dict.fromkeys(sent.getlist("party"))) if "party" in last else []
        self.compares = "compare" in last
        double = sent.getlist("double") if "double" in last else []
        known = [name for name in double if PREFIX + name in self.names]
        self.double = set(known)
        if self.sent > 2 * len(self.names) + SLACK:
            self.problems.append(
                (None, gettext("The form has more fields than the quiz asks for."))
            )
        try:
            self.codes = list(map(IN_CODES.__getitem__, map(last.get, self.names)))
        except KeyError:
            self.codes = [IN_CODES.get(last.get(name), NONE) for name in self.names]
            for name, statement_id in self.names.items():
                if last.get(name) not in IN_CODES:
                    self._refuse(
                        statement_id,
                        gettext("We do not know this answer. Your other answers are still here."),
                    )
        if not self.expected >= last.keys():
            odd = [name for name in last if name not in self.expected]
            self.unknown += [name[len(PREFIX) :] for name in odd if name.startswith(PREFIX)]
        if len(known) < len(double):
            self.unknown += [name for name in double if name not in self.double]
        if self.sent - len(last) > max(0, len(double) - 1):
            self._refuse_repeated(sent)

    def _refuse_repeated(self, sent: Sent) -> None:
        for name, number in Counter(name for name, _ in sent if name in self.names).items():
            if number > 1:
                words = gettext("This statement was answered twice. Choose one answer.")
                self.codes[list(self.names).index(name)] = NONE
                self._refuse(self.names[name], words)

    def _refuse(self, statement_id: str, words: str) -> None:
        self.problems.append((statement_id, words))

    @property
    def data(self) -> dict[str, str]:
        """The answers: a statement's id → agree, neutral or disagree."""
        pairs = zip(self.names.values(), self.codes, strict=True)
        return {name: NAMES[code] for name, code in pairs if code != NONE}

    def problem(self, statement_id: str) -> str | None:
        """Return what is wrong with one statement's answer, if anything is."""
        return next((message for name, message in self.problems if name == statement_id), None)

    def pre_validate(self, form: QuizForm) -> None:
        """Refuse what could not be read, and statements that this content never had."""
        if self.unknown and form.is_current:
            name = self.unknown[0][:60]
            self.problems.append(
                (None, gettext("We do not know a statement “%(name)s”.", name=name))
            )
        if self.problems:
            raise ValidationError(self.problems[0][1])


class QuizForm(BaseForm):  # type: ignore[misc]
    """What a quiz page sent, read and ready to be validated; ``QuizForms`` makes it."""

    def __init__(self, field: UnboundField, content_hash: str, sent: Sent) -> None:
        super().__init__([("answers", field)])
        self.answers: AnswersField = self._fields["answers"]
        self.content_hash = content_hash
        self.process(sent)

    @property
    def is_current(self) -> bool:
        """Whether the form was made from the content that is served now."""
        return self.answers.content in {"", self.content_hash}

    @property
    def gone(self) -> bool:
        """Whether the form answers statements that were taken out since it was made."""
        return bool(self.answers.unknown) and not self.is_current


class QuizForms:
    """The forms of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        names = {f"{PREFIX}{name}": name for name in catalogue.statement_index}
        self._field = AnswersField(names, OTHERS | names.keys())  # bound anew in each form
        self._content_hash = catalogue.content_hash
        self._usual = {
            f"{name}={value}".encode(): (name, value)
            for name, value in _usual(names, catalogue.content_hash)
        }

    def of(self, sent: Iterable[tuple[str, str]] = ()) -> QuizForm:
        """Return the form that holds these fields."""
        return QuizForm(self._field, self._content_hash, Sent(sent))

    def read(self, body: bytes) -> QuizForm:
        """Read a body as browsers send it (URL-encoded); what is not UTF-8 costs no other field."""
        pairs = body.split(b"&")
        sent = list(map(self._usual.get, pairs))
        if not all(sent):
            return self.of([self._usual.get(pair) or _pair(pair) for pair in pairs if pair])
        return self.of(sent)  # type: ignore[arg-type]  # none of them is None


def _usual(names: Mapping[str, str], content_hash: str) -> Iterator[tuple[str, str]]:
    """Yield what the quiz page's controls send, none of which needs decoding."""
    yield "content", content_hash
    for name, statement_id in names.items():
        yield "double", statement_id
        for word in (*CODES, "skip"):
            yield name, word


def _pair(pair: bytes) -> tuple[str, str]:
    (read,) = parse_qsl(pair.decode(errors="replace"), keep_blank_values=True)
    return read
