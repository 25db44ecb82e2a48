"""Who is named, and every count and mark of a result, worked out by hand on a small quiz."""

from __future__ import annotations

import numpy as np
import pytest

from quiz.content import Catalogue
from quiz.matching.answers import Answers
from quiz.matching.explain import compare, deciding, orders
from quiz.matching.kernel import kernel_of
from quiz.matching.result import Kind, Outcome, Result, Unnamed, result
from tests.matching.small import catalogue_of

D, N, A, NONE = -1, 0, 1, 2
ROWS = {
    "Beta": [A, A, N, D, NONE],
    "alfa": [A, N, A, A, A],
    "Gamma": [D, D, D, D, D],
    "Delta": [NONE, NONE, NONE, NONE, A],
}


@pytest.fixture
def catalogue() -> Catalogue:
    return catalogue_of(ROWS, prior=6, min_compared=2)


def ask(catalogue: Catalogue, *codes: int, double: tuple[str, ...] = ()) -> Result:
    answers = Answers.from_codes(catalogue, codes, double)
    return result(catalogue, kernel_of(catalogue), answers)


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


def test_what_decides_names_who_then_comes_first() -> None:
    rows = {"Beta": [A, A, N], "alfa": [D, A, A], "Gamma": [D, D, D]}
    catalogue = catalogue_of(rows, prior=6, min_compared=2)
    # Beta 2½, alfa 2 of three; without s1 Beta 1½, alfa 2
    answers = deciding(catalogue, ask(catalogue, A, A, A))
    assert [(each.statement.id, each.first_without) for each in answers] == [
        ("s1", (catalogue.parties[1],))
    ]


def test_what_only_moves_others_is_named_after_what_moves_the_first() -> None:
    rows = {
        "Alfa": [A, A, A, A], "Beta": [A, A, N, A], "Gamma": [N, N, A, N], "Delta": [N, A, N, D],
    }  # fmt: skip
    catalogue = catalogue_of(rows, prior=6, min_compared=1)
    first_without = {
        each.statement.id: each.first_without
        for each in deciding(catalogue, ask(catalogue, A, A, A, A))
    }
    # without s3 Alfa and Beta tie; without s4 Delta catches up with Gamma, and the first stays
    assert list(first_without) == ["s3", "s4"]
    assert first_without["s3"] == catalogue.parties[:2]
    assert first_without["s4"] is None


def test_what_changes_the_first_place_comes_first_then_what_swaps_most_pairs() -> None:
    random, orders_seen = np.random.default_rng(4), set()
    for _ in range(40):
        rows = {f"p{number}": random.choice([D, N, A, NONE], 7).tolist() for number in range(6)}
        catalogue = catalogue_of(rows, prior=2, min_compared=1)
        ranking = ask(catalogue, *random.choice([D, N, A], 7).tolist())
        firm, decided = ranking.firmness, deciding(catalogue, ranking)
        swaps = dict(zip(firm.answered.tolist(), firm.swaps.tolist(), strict=True))
        keys = [
            (each.first_without is None, -swaps[catalogue.statement_index[each.statement.id]])
            for each in decided
        ]
        assert keys == sorted(keys)
        assert all(key[1] < 0 for key in keys)
        orders_seen.add(len(set(keys)))
    assert max(orders_seen) > 2  # the control: there was something to sort


def test_what_moves_more_pairs_is_named_before_what_moves_fewer() -> None:
    rows = {
        "Alfa": [A, A, A, A, A], "Beta": [A, A, D, A, N], "Gamma": [A, D, A, N, N],
        "Delta": [D, A, N, N, D], "Eta": [D, D, N, A, N],
    }  # fmt: skip
    catalogue = catalogue_of(rows, prior=6, min_compared=1)

    def ranks(codes: list[int]) -> dict[str, int]:
        return {each.party.id: each.rank for each in ask(catalogue, *codes).ranked}

    def moved(codes: list[int]) -> float:
        before, after = ranks([A] * 5), ranks(codes)
        pairs = [(one, other) for one in before for other in before if one < other]
        order = [np.sign([one[a] - one[b] for a, b in pairs]) for one in (before, after)]
        return float(np.abs(order[0] - order[1]).sum() / 2)

    pairs = {f"s{at + 1}": moved([A] * at + [NONE] + [A] * (4 - at)) for at in range(5)}
    told = [each.statement.id for each in deciding(catalogue, ask(catalogue, *[A] * 5))]
    assert len({pairs[name] for name in told}) > 1
    assert [pairs[name] for name in told] == sorted(filter(None, pairs.values()), reverse=True)


def test_all_five_methods_the_own_one_first() -> None:
    rows = {"Alfa": [N, N, N], "Beta": [A, D, A], "Gamma": [D, D, D]}
    catalogue = catalogue_of(rows, prior=6, min_compared=2)
    shown = orders(catalogue, ask(catalogue, A, A, N))
    by_name = {order.method.name: order for order in shown}
    assert next(iter(by_name)) == "city-block"
    assert len(shown) == 5
    # city-block: Alfa ½ + ½ + 1 = 2, Beta 1 + 0 + ½; exact: Alfa 1, Beta 1; directional: Alfa 1½, Beta 1½
    alfa, beta, _ = catalogue.parties
    assert by_name["city-block"].first == (alfa,)
    assert by_name["exact"].first == (alfa, beta)
    assert by_name["directional"].first == (alfa, beta)
    assert by_name["directional"].ranks == (1, 1, 3)
    assert [order.same_first for order in shown] == [order.first == (alfa,) for order in shown]


def test_two_to_four_parties_side_by_side_differences_first(catalogue: Catalogue) -> None:
    answers = Answers.from_codes(catalogue, (A, NONE, D, N, A))
    table = compare(catalogue, answers, ["gamma", "nobody", "beta", "gamma"])
    assert table
    assert [party.name for party in table.parties] == ["Gamma", "Beta"]
    rows = {row.statement.id: row for row in table.rows}
    assert list(rows) == ["s1", "s2", "s3", "s4", "s5"]
    assert [row.differs for row in table.rows] == [True, True, True, False, False]
    assert table.differing == 3
    assert rows["s1"].kinds == (Kind.OPPOSITE, Kind.SAME)
    assert (rows["s1"].answer, rows["s4"].answer) == (A, N)
    assert (rows["s2"].answer, rows["s2"].kinds) == (None, (Kind.SKIPPED, Kind.SKIPPED))
    assert rows["s3"].kinds == (Kind.SAME, Kind.HALF)
    assert rows["s5"].positions == (D, None)
    assert rows["s5"].kinds == (Kind.OPPOSITE, Kind.SILENT)
    # s1 is the first theme, the others the second
    assert [theme.theme.id for theme in table.themes] == ["one", "two"]
    assert [theme.counts for theme in table.themes] == [
        ((0, 0, 1), (1, 0, 0)), ((1, 1, 1), (0, 2, 0)),
    ]  # fmt: skip


def test_four_parties_can_be_compared(catalogue: Catalogue) -> None:
    answers = Answers.from_codes(catalogue, (A, A, A, A, A))
    table = compare(catalogue, answers, [party.id for party in catalogue.parties])
    assert table
    assert len(table.parties) == len(catalogue.parties) == 4


def test_one_party_and_five_cannot_be_compared(catalogue: Catalogue) -> None:
    answers = Answers.from_codes(catalogue, (A, A, A, A, A))
    assert compare(catalogue, answers, ["beta", "beta", "nobody"]) is None
    five = catalogue_of({name: [A] for name in "ABCDE"}, prior=6, min_compared=1)
    assert compare(five, Answers.from_codes(five, [A]), list("abcde")) is None


def test_equal_parties_stand_in_the_alphabet_of_the_language() -> None:
    rows = {"Zon": [A], "Öppna": [A], "Piraten": [A]}
    catalogue = catalogue_of(rows, prior=0, min_compared=1)
    kernel, answers = kernel_of(catalogue), Answers.from_codes(catalogue, (A,), ())
    for language, order in (
        (None, ["Öppna", "Piraten", "Zon"]),
        ("sv", ["Piraten", "Zon", "Öppna"]),
    ):
        assert names(result(catalogue, kernel, answers, language).ranked) == order
