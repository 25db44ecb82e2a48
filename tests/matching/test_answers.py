"""Ids become columns in one place, and unknown ones are named."""

from __future__ import annotations

import numpy as np
import pytest

from quiz.content import Catalogue
from quiz.matching.answers import Answers, AnswersError


def test_names_become_columns(catalogue: Catalogue) -> None:
    ids = [statement.id for statement in catalogue.statements]
    answers = Answers.from_words(catalogue, {ids[1]: "disagree", ids[0]: "neutral"}, [ids[1]])
    assert answers.codes.dtype == np.int8
    assert answers.codes.tolist()[:2] == [0, -1]
    assert set(answers.codes.tolist()[2:]) <= {2}
    assert answers.weights.tolist()[:2] == [1, catalogue.quiz.matching.double_weight]
    assert answers.number == 2
    assert answers.in_words(catalogue) == ({ids[0]: "neutral", ids[1]: "disagree"}, [ids[1]])


def test_a_skipped_statement_cannot_count_double(catalogue: Catalogue) -> None:
    first, second = (statement.id for statement in catalogue.statements[:2])
    answers = Answers.from_words(catalogue, {first: "agree"}, [first, second])
    assert answers.weights.tolist()[:2] == [catalogue.quiz.matching.double_weight, 1]


@pytest.mark.parametrize("word", ["", "Agree", "1", "none", "eens"])
def test_another_word_is_refused_by_name(catalogue: Catalogue, word: str) -> None:
    first = catalogue.statements[0].id
    with pytest.raises(AnswersError) as caught:
        Answers.from_words(catalogue, {first: word})
    assert caught.value.field == f"answers.{first}"
    assert str(caught.value) == "An answer is agree, neutral or disagree."


def test_an_unknown_statement_is_refused_by_name(catalogue: Catalogue) -> None:
    with pytest.raises(AnswersError) as caught:
        Answers.from_words(catalogue, {"no-such": "agree"})
    assert caught.value.field == "answers.no-such"
    assert str(caught.value) == "There is no such statement."
    with pytest.raises(AnswersError) as caught:
        Answers.from_words(catalogue, {}, ["no-such"])
    assert caught.value.field == "double"
    assert str(caught.value) == "There is no statement 'no-such'."
