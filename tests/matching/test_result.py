"""Who is named, and every count and mark of a result, worked out by hand on a small quiz."""

from __future__ import annotations

import pytest

from quiz.content import Catalogue
from quiz.matching.answers import Answers
from quiz.matching.kernel import kernel_of
from quiz.matching.result import Outcome, Unnamed, result
from tests.matching.small import FOUR, ask, catalogue_of

D, N, A, NONE = -1, 0, 1, 2


@pytest.fixture
def catalogue() -> Catalogue:
    return catalogue_of(FOUR, prior=6, min_compared=2)


def names(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.party.name for outcome in outcomes]


def test_order_counts_and_marks(catalogue: Catalogue) -> None:
    # the answer to s2 weighs 2: W = 5, N = 4, so the prior weighs 6 · 5/4 = 7.5
    ranking = ask(catalogue, A, A, N, NONE, A, double=("s2",))
    beta, alfa, gamma = ranking.ranked
    assert names(ranking.ranked) == ["Beta", "alfa", "Gamma"]
    assert names(ranking.unranked) == ["Delta"]
    assert (beta.same, beta.half, beta.silent, beta.opposite) == (3, 0, 1, 0)
    assert beta.match == (1 + 2 + 1 + 7.5 / 2) / (4 + 7.5)
    assert (beta.agreement, beta.coverage, beta.low, beta.high) == (1, 4 / 5, 4 / 5, 1)
    assert (alfa.same, alfa.half, alfa.silent, alfa.opposite) == (2, 2, 0, 0)
    assert alfa.match == (1 + 2 / 2 + 1 / 2 + 1 + 7.5 / 2) / (5 + 7.5)
    assert (gamma.same, gamma.half, gamma.silent, gamma.opposite) == (0, 1, 0, 3)
    assert beta.marks == ("same-2", "same", "same", "silent")
    assert gamma.marks == ("half", "opposite-2", "opposite", "opposite")
    assert [outcome.compared for outcome in ranking.outcomes] == [3, 4, 4, 1]
    assert (ranking.answered, ranking.tied, ranking.complete) == (4, False, False)


def test_nobody_is_named_where_fewer_than_three_are_ranked(catalogue: Catalogue) -> None:
    # one answer each: two positions are compared with nobody
    ranking = ask(catalogue, A, NONE, NONE, NONE, NONE)
    assert (ranking.named, ranking.unnamed) == ((), Unnamed.TOO_FEW_RANKED)
    assert (len(ranking.ranked), ranking.missing) == (0, 1)
    # s4 and s5: alfa and Gamma have both, Beta and Delta one
    ranking = ask(catalogue, NONE, NONE, NONE, D, D)
    assert (ranking.named, ranking.unnamed) == ((), Unnamed.TOO_FEW_RANKED)
    assert (names(ranking.ranked), ranking.missing) == (["Gamma", "alfa"], 1)


def test_all_that_there_are_is_enough() -> None:
    two = catalogue_of({"Beta": [A, A], "alfa": [D, A]}, prior=6, min_compared=2)
    ranking = ask(two, A, A)
    assert (names(ranking.named), ranking.unnamed, ranking.missing) == (["Beta"], None, 0)


def test_nobody_is_named_with_whom_the_voter_does_not_agree_more_than_chance() -> None:
    rows = {"Beta": [A, D], "alfa": [D, A], "Gamma": [N, N]}
    ranking = ask(catalogue_of(rows, prior=6, min_compared=2), A, A)
    assert (ranking.ranked[0].rank, ranking.ranked[0].match) == (1, 1 / 2)
    assert (ranking.named, ranking.unnamed, ranking.tied) == ((), Unnamed.NONE_ABOVE_CHANCE, True)


def test_a_party_of_the_leading_group_below_chance_is_not_named() -> None:
    # without s1 Beta and alfa tie for the first place, but with it alfa stands at chance
    rows = {"Beta": [A, D, A], "alfa": [N, D, A], "Gamma": [D, D, D]}
    ranking = ask(catalogue_of(rows, prior=6, min_compared=2), A, A, A)
    assert [outcome.leading for outcome in ranking.ranked] == [True, True, False]
    assert ranking.ranked[1].match == 1 / 2
    assert names(ranking.named) == ["Beta"]
    assert (names(ranking.leading), ranking.always_first) == (["Beta", "alfa"], True)


def test_without_the_only_answer_that_compares_nobody_comes_first() -> None:
    rows = {"Beta": [A, NONE], "alfa": [D, NONE], "Gamma": [D, NONE]}
    assert not ask(catalogue_of(rows, prior=0, min_compared=1), A, A).always_first
    assert not ask(catalogue_of(rows, prior=6, min_compared=1), A, NONE).always_first
    assert ask(catalogue_of(rows, prior=6, min_compared=1), A, A).always_first


def test_equal_match_is_an_equal_rank_by_name() -> None:
    rows = {"Beta": [A, A], "alfa": [A, A], "Gamma": [D, D]}
    ranking = ask(catalogue_of(rows, prior=6, min_compared=2), A, A)
    assert [(each.party.name, each.rank) for each in ranking.ranked] == [
        ("alfa", 1), ("Beta", 1), ("Gamma", 3),
    ]  # fmt: skip
    assert (ranking.tied, ranking.complete) == (True, True)
    assert names(ranking.named) == ["alfa", "Beta"]


def test_without_a_prior_what_was_not_compared_has_no_match() -> None:
    rows = {"Beta": [A, NONE], "alfa": [D, A]}
    ranking = ask(catalogue_of(rows, prior=0, min_compared=0), NONE, A)
    assert (names(ranking.ranked), names(ranking.unranked)) == (["alfa"], ["Beta"])
    assert (ranking.unranked[0].match, ranking.unranked[0].agreement) == (None, None)
    assert (ranking.missing, ranking.unnamed) == (1, Unnamed.TOO_FEW_RANKED)


def test_equal_parties_stand_in_the_alphabet_of_the_language() -> None:
    rows = {"Zon": [A], "Öppna": [A], "Piraten": [A]}
    catalogue = catalogue_of(rows, prior=0, min_compared=1)
    kernel, answers = kernel_of(catalogue), Answers.from_codes(catalogue, (A,), ())
    for language, order in (
        (None, ["Öppna", "Piraten", "Zon"]),
        ("sv", ["Piraten", "Zon", "Öppna"]),
    ):
        assert names(result(catalogue, kernel, answers, language).ranked) == order
