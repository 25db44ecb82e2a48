"""What decided a result, who comes first under other methods, and parties side by side, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from quiz.content import Catalogue
from quiz.matching.answers import Answers
from quiz.matching.explain import compare, deciding, orders
from quiz.matching.result import Kind
from tests.matching.small import FOUR, ask, catalogue_of

D, N, A, NONE = -1, 0, 1, 2


@pytest.fixture
def catalogue() -> Catalogue:
    return catalogue_of(FOUR, prior=6, min_compared=2)


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
