"""What a voter sends is read by a table of what forms usually hold; it must not show."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl, urlencode

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from quiz.content import load
from quiz.content.paths import shipped
from quiz.web.app import create_app
from quiz.web.settings import Settings
from quiz.web.voter.forms import QuizForm, QuizForms

IDS = [statement.id for statement in load(shipped()).statements]
NAMES = st.sampled_from(
    [f"answer.{name}" for name in IDS[:4]] + ["double", "party", "content", "x"]
)
VALUES = st.sampled_from(["agree", "neutral", "disagree", "skip", "", *IDS[:4]]) | st.text(
    max_size=4
)


@cache
def forms() -> QuizForms:
    return QuizForms(load(shipped()))


@cache
def app() -> Flask:
    return create_app(Settings(content=shipped()))


def seen(form: QuizForm) -> tuple[object, ...]:
    fields = form.answers
    return (
        fields.sent, fields.data, fields.double, fields.unknown, fields.content, fields.parties,
        fields.problems, form.validate(),
    )  # fmt: skip


def plainly(body: bytes) -> QuizForm:
    return forms().of(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12))
def test_fields_are_read_as_the_standard_library_reads_them(pairs: list[tuple[str, str]]) -> None:
    body = urlencode(pairs).encode()
    with app().test_request_context("/nl/result"):
        assert seen(forms().read(body)) == seen(plainly(body))


@given(st.binary(max_size=60) | st.text("answer.=&%+;double", max_size=60).map(str.encode))
def test_any_bytes_are_read_as_the_standard_library_reads_them(body: bytes) -> None:
    with app().test_request_context("/nl/result"):
        assert seen(forms().read(body)) == seen(plainly(body))


def test_an_answer_given_twice_is_none_and_named_once() -> None:
    name = IDS[0]
    with app().test_request_context("/en/result"):
        for values in (("agree", "agree"), ("agree", "skip"), ("skip", "agree", "maybe")):
            form = forms().of([(f"answer.{name}", value) for value in values])
            assert not form.validate()
            assert name not in form.answers.data
            assert "twice" in [words for at, words in form.answers.problems if at == name][-1]
