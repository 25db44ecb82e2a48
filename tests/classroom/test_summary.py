"""A class's result: most agreed, most divided, and how near each party is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.classroom.summary import export, nearness, share, spread, summarise
from quiz.classroom.tally import Distribution
from quiz.content import Catalogue
from quiz.content.catalogue import NONE
from quiz.matching import kernel_of
from tests.classroom.rows import IDS


def test_one_answer_against_another_is_divided_and_never_agreed(catalogue: Catalogue) -> None:
    split, alike, mild = (
        Distribution(IDS[0], 14, 0, 14),
        Distribution(IDS[1], 25, 2, 1),
        Distribution(IDS[2], 14, 14, 0),
    )
    assert [spread(distribution) for distribution in (split, mild)] == [1, Fraction(1, 4)]
    assert [share(distribution) for distribution in (split, alike)] == [
        Fraction(1, 2),
        Fraction(25, 28),
    ]
    assert share(Distribution(IDS[0], 1, 8, 3)) == Fraction(8, 12)
    summary = summarise(catalogue, [split, alike, mild])
    assert (summary.divided, summary.agreed) == ((split, mild), (alike,))
    assert summarise(catalogue, [alike]).divided == ()


def test_sixty_percent_are_agreed_and_fewer_divided(catalogue: Catalogue) -> None:
    """18 of 28 are 64 percent, 17 are 61 and 16 are 57; 15 of 25 are 60."""
    most, clear = Distribution(IDS[0], 18, 2, 8), Distribution(IDS[1], 17, 3, 8)
    for one in (most, clear, Distribution(IDS[0], 5, 15, 5)):
        summary = summarise(catalogue, [one])
        assert (summary.agreed, summary.divided) == ((one,), ())
    fewer = Distribution(IDS[2], 16, 0, 12)
    summary = summarise(catalogue, [clear, fewer, most])
    assert (summary.agreed, summary.divided) == ((most, clear), (fewer,))


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=1, max_size=3))
def test_where_a_list_is_empty_its_sentence_is_true(counts: list[tuple[int, int, int]]) -> None:
    known = [
        Distribution(name, *count)
        for name, count in zip(IDS, counts, strict=False)
        if sum(count) >= 5
    ]
    summary = summarise(CATALOGUE[0], known)
    sixty = [5 * max(count) >= 3 * sum(count) for count in counts if sum(count) >= 5]
    assert bool(summary.agreed) == any(sixty)
    assert bool(summary.divided) == (not all(sixty))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_exported_counts_stand_beside_the_words_of_the_page(
    catalogue: Catalogue, language: str
) -> None:
    words = catalogue.statements[0].text[language]
    lines = export(catalogue, [Distribution(IDS[0], 5, 0, 3)], language).splitlines()
    assert lines == [
        "statement,text,agree,neutral,disagree,quiz_version,content_hash",
        f"{IDS[0]},{words},5,0,3,{catalogue.quiz.version},{catalogue.content_hash}",
    ]


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=3, max_size=3))
def test_no_statement_is_both(counts: list[tuple[int, int, int]]) -> None:
    known = [
        Distribution(name, *count)
        for name, count in zip(IDS, counts, strict=True)
        if sum(count) >= 5
    ]
    summary = summarise(CATALOGUE[0], known)
    assert not set(summary.agreed) & set(summary.divided)
    assert all(share(distribution) > Fraction(1, 2) for distribution in summary.agreed)
    assert sorted(summary.divided, key=spread, reverse=True) == list(summary.divided)


CATALOGUE: list[Catalogue] = []


@pytest.fixture(autouse=True)
def _kept(catalogue: Catalogue) -> None:
    CATALOGUE[:] = [catalogue]


@pytest.mark.parametrize("method", ["city-block", "exact", "quadratic", "directional", "hybrid"])
@pytest.mark.parametrize("prior", [0, 6])
def test_a_class_that_answers_alike_is_one_voter(
    catalogue: Catalogue, method: str, prior: int
) -> None:
    """Board and phone use one rule: here they must say the very same."""
    matching = replace(catalogue.quiz.matching, method=method, prior=prior, min_compared=2)
    catalogue = replace(catalogue, quiz=replace(catalogue.quiz, matching=matching))
    for codes in np.ndindex(3, 3, 3):
        answers = np.array([code - 1 for code in codes], np.int8)
        shown = [
            Distribution(name, *[20 if answers[at] == code else 0 for code in (1, 0, -1)])
            for at, name in enumerate(IDS)
        ]
        scores = kernel_of(catalogue).score(answers)
        for near in nearness(catalogue, shown):
            at = catalogue.party_index[near.party]
            assert near.compared == scores.compared[at]
            assert (near.rank or 0) == scores.rank[at]
            if near.match is not None:
                assert near.match == pytest.approx(scores.match[at])


def test_a_class_is_the_mean_of_its_pupils(catalogue: Catalogue) -> None:
    """Where all answered everything, its match is the mean of theirs."""
    rng = np.random.default_rng(7)
    answers = rng.integers(-1, 2, (24, 3)).astype(np.int8)
    shown = [
        Distribution(name, *[int((answers[:, at] == code).sum()) for code in (1, 0, -1)])
        for at, name in enumerate(IDS)
    ]
    mean = kernel_of(catalogue).score(answers).match.mean(axis=0)
    for near in nearness(catalogue, shown):
        assert near.match == pytest.approx(mean[catalogue.party_index[near.party]])


def test_a_party_on_few_statements_does_not_lead_by_luck(catalogue: Catalogue) -> None:
    """PVV led with 82 over two statements of nine; the prior weighs that, and one alone has no
    place.
    """
    shown = [Distribution(name, 20, 0, 0) for name in IDS]
    near = {party.party: party for party in nearness(catalogue, shown)}
    assert (catalogue.matrix[catalogue.party_index["gamma"]] == NONE).all()
    assert near["gamma"].rank is None
    assert near["alfa"].rank == 1
    assert near["alfa"].match
    assert near["alfa"].match < 0.6  # 1.5 of 2, with ten imaginary statements at a half


def test_equal_match_is_an_equal_place_and_the_next_place_stays_free(catalogue: Catalogue) -> None:
    shown = [Distribution(IDS[0], 10, 0, 10), Distribution(IDS[1], 0, 20, 0), Distribution(IDS[2], 0, 20, 0)]  # fmt: skip
    matching = replace(catalogue.quiz.matching, prior=0, min_compared=1)
    catalogue = replace(catalogue, quiz=replace(catalogue.quiz, matching=matching))
    ranks = [(party.party, party.rank) for party in nearness(catalogue, shown)]
    assert ranks == [("alfa", 1), ("beta", 2), ("gamma", None)]
    half = [Distribution(IDS[0], 10, 0, 10)]
    assert [party.rank for party in nearness(catalogue, half)] == [1, 1, None]
