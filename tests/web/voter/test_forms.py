"""What a voter sends is read whole, whatever it is, and loses nothing."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import cast

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from quiz.content import load
from quiz.content.catalogue import CODES
from quiz.content.paths import shipped
from quiz.matching.result import Result
from quiz.web.app import create_app
from quiz.web.settings import Settings
from quiz.web.voter.forms import QuizForm
from quiz.web.voter.result_page import notices, shown_up_to
from quiz.web.wire import value_of

CATALOGUE = load(shipped())
FIRST, SECOND = CATALOGUE.statements[:2]
IDS = [statement.id for statement in CATALOGUE.statements]
NAMES = st.sampled_from([f"answer.{name}" for name in IDS[:4]] + ["double", "party", "skip", "x"])
VALUES = st.sampled_from(["a", "n", "d", "s", "agree", "", *IDS[:4]]) | st.text(max_size=9)


@cache
def app() -> Flask:
    return create_app(Settings(content=shipped()))


def read(*pairs: tuple[str, str]) -> QuizForm:
    return QuizForm(CATALOGUE, MultiDict(pairs))


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12))
def test_whatever_comes_is_an_answer_or_named_as_a_problem(pairs: list[tuple[str, str]]) -> None:
    with app().test_request_context("/nl/result"):
        form = read(*pairs)
        form.validate()
    fields = form.answers
    assert fields.sent == len(pairs)
    for statement in CATALOGUE.statements:
        sent = [value for name, value in pairs if name == f"answer.{statement.id}"]
        skipped = statement.id in [value for name, value in pairs if name == "skip"]
        answered = statement.id in fields.data
        problem = fields.problem(statement.id) is not None
        if skipped or not sent:
            assert not answered
            assert not problem
        elif len(sent) > 1:
            assert problem
        elif sent[0].partition(".")[0] in {"a", "n", "d", "agree"} and "." not in sent[0]:
            assert answered
        else:
            assert not (answered and problem)


def test_every_answer_is_read_as_it_was_meant() -> None:
    with app().test_request_context("/nl/result"):
        for word in CODES:
            assert read((f"answer.{FIRST.id}", value_of(FIRST, word))).answers.data == {
                FIRST.id: word
            }
            assert read((f"answer.{FIRST.id}", word)).answers.data == {FIRST.id: word}


def test_answers_are_equally_long_and_carry_the_words_they_belong_to() -> None:
    values = {value_of(FIRST, word) for word in CODES}
    assert len(values) == 3
    assert len({len(value) for value in values}) == 1
    assert FIRST.revision != SECOND.revision


def test_an_answer_to_other_words_is_not_counted_and_told() -> None:
    with app().test_request_context("/nl/result"):
        form = read((f"answer.{FIRST.id}", "a.000000"), (f"answer.{SECOND.id}", "d"))
        assert form.validate()
    assert form.answers.data == {SECOND.id: "disagree"}
    assert form.answers.changed == [FIRST]


def test_an_answer_given_twice_is_none_and_named_once() -> None:
    with app().test_request_context("/en/result"):
        for values in (("a", "a"), ("a", "s"), ("s", "a", "maybe")):
            form = read(*[(f"answer.{FIRST.id}", value) for value in values])
            assert not form.validate()
            assert FIRST.id not in form.answers.data
            told = "This statement was answered twice. Choose one answer."
            assert form.answers.problems == [(FIRST.id, told)]
        form = read((f"answer.{FIRST.id}", "maybe"))
        assert not form.validate()
        told = "We do not know this answer. Your other answers are still here."
        assert form.answers.problem(FIRST.id) == told
        assert form.answers.problem(SECOND.id) is None


def test_a_statement_that_is_skipped_loses_its_answer_and_nothing_else() -> None:
    with app().test_request_context("/en/result"):
        form = read((f"answer.{FIRST.id}", "a"), (f"answer.{SECOND.id}", "d"), ("skip", FIRST.id))
        assert form.validate()
    assert form.answers.data == {SECOND.id: "disagree"}


def test_more_fields_than_there_can_be_are_refused() -> None:
    most = 2 * len(IDS) + 50
    fields = [(f"answer.{FIRST.id}", "a")] + [("other", "x")] * (most - 1)
    with app().test_request_context("/en/result"):
        assert read(*fields).validate()
        form = read(*fields, ("other", "x"))
        assert not form.validate()
    assert form.answers.problems == [(None, "The form has more fields than the quiz asks for.")]


def test_a_statement_that_never_was_is_named_in_sixty_signs() -> None:
    gone = "x" * 61
    with app().test_request_context("/en/result"):
        for field in ((f"answer.{gone}", "a"), ("double", gone)):
            form = read((f"answer.{FIRST.id}", "a"), field)
            assert not form.validate()
            assert form.answers.unknown == [gone]
            told = f"We do not know a statement “{'x' * 60}”."
            assert form.answers.problems == [(None, told)]
            assert form.errors == {"answers": [told]}
            assert not form.gone


@pytest.mark.parametrize(("number", "named"), [(1, "g0."), (20, "g18, g19."), (21, "g18, g19….")])
def test_twenty_statements_that_are_gone_are_named(number: int, named: str) -> None:
    ids = [f"g{at}" for at in range(number)]
    sent = [(f"answer.{name}", "a") for name in ids] + [(f"answer.{FIRST.id}", "a")]
    with app().test_request_context("/en/result"):
        form = read(*sent, ("content", "0" * 64))
        assert form.validate()
        (told,) = notices(form)
    assert form.gone
    assert told.startswith("No longer in the quiz, and so not counted: g0")
    assert f"{named} The other answers are still here." in told


def test_a_name_of_a_statement_that_is_gone_is_cut_at_sixty_signs() -> None:
    with app().test_request_context("/en/result"):
        form = read(("answer." + "y" * 61, "a"), ("content", "0" * 64))
        (told,) = notices(form)
    assert f": {'y' * 60}. The" in told


def test_marks_parties_and_content_are_read_once_each() -> None:
    with app().test_request_context("/en/result"):
        form = read(
            (f"answer.{FIRST.id}", "n"), ("double", FIRST.id), ("double", FIRST.id),
            ("party", "b"), ("party", "a"), ("party", "b"), ("content", CATALOGUE.content_hash),
        )  # fmt: skip
        assert form.validate()
    fields = form.answers
    assert (fields.double, fields.parties, fields.compares) == ({FIRST.id}, ["b", "a"], False)
    assert fields.content == CATALOGUE.content_hash
    assert form.is_current
    assert fields.codes == [0] + [2] * (len(IDS) - 1)
    assert fields.problem(FIRST.id) is None
    assert read(("compare", "")).answers.compares


@pytest.mark.parametrize(
    ("ranks", "last"),
    [([1, 2, 3, 4, 5, 6], 5), ([1, 2, 3, 4, 4, 4, 7], 4), ([1, 2], 2), ([1], 1), ([], 0)],
)
def test_the_rows_shown_at_first_reach_to_the_fifth_party(ranks: list[int], last: int) -> None:
    ranking = SimpleNamespace(ranked=[SimpleNamespace(rank=rank) for rank in ranks])
    assert shown_up_to(cast("Result", ranking)) == last
