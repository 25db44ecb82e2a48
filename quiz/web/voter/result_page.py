"""The result page for one voter."""

from __future__ import annotations

from typing import Final

from flask import render_template

from quiz.content.catalogue import Catalogue
from quiz.content.methods import METHODS
from quiz.matching.answers import Answers
from quiz.matching.explain import FEWEST, compare, deciding, orders
from quiz.matching.result import Result, result
from quiz.web import metrics
from quiz.web.about import today
from quiz.web.display import plain
from quiz.web.i18n import comma, current, gettext
from quiz.web.published import Published
from quiz.web.voter.forms import QuizForm

SHOWN_AT_FIRST: Final = 5
LONGEST_NAME: Final = 60
MOST_NAMES: Final = 20


def page(now: Published, form: QuizForm) -> str | None:
    """Return the page for a form, or None where it is not valid, or holds no answer."""
    catalogue = now.catalogue
    answers = answers_of(catalogue, form)
    if answers is None:
        return None
    metrics.event("result")
    ranking = result(catalogue, now.kernel(), answers, current())
    comparison = (
        compare(catalogue, answers, form.answers.parties) if form.answers.compares else None
    )
    return render_template(
        "voter/result.html",
        result=ranking,
        today=today(),
        form=form,
        shown_up_to=shown_up_to(ranking),
        method=METHODS[catalogue.quiz.matching.method],
        notices=notices(form),
        picked=form.answers.parties or [each.party.id for each in ranking.ranked[:FEWEST]],
        comparison=comparison,
        compare_problem=_compare_problem(form) if comparison is None else None,
        deciding=deciding(catalogue, ranking),
        orders=orders(catalogue, ranking),
    )


def answers_of(catalogue: Catalogue, form: QuizForm) -> Answers | None:
    """Return the answers in a form, or None where it is not valid, or holds none."""
    if not form.validate():
        return None
    answers = Answers.from_codes(catalogue, form.answers.codes, form.answers.double)
    return answers if answers.number else None


def shown_up_to(ranking: Result) -> int:
    """Return the last rank shown at first: that of the fifth party, so that no tie is cut."""
    ranked = ranking.ranked[:SHOWN_AT_FIRST]
    return ranked[-1].rank if ranked else 0


def notices(form: QuizForm) -> list[str]:
    """Say which answers do not count because their statements are gone, or have other words now."""
    told = [
        gettext(
            "The wording of this statement has changed since it was answered, so that answer does not "
            "count: “%(text)s”",
            text=plain(statement.text),
        )
        for statement in form.answers.changed
    ]
    if form.gone:
        names = [name[:LONGEST_NAME] for name in form.answers.unknown[:MOST_NAMES]]
        told.append(
            gettext(
                "No longer in the quiz, and so not counted: %(names)s. The other answers are still here.",
                names=comma().join(names) + ("…" if len(form.answers.unknown) > MOST_NAMES else ""),
            )
        )
    return told


def _compare_problem(form: QuizForm) -> str | None:
    if not form.answers.compares:
        return None
    return gettext(
        "Choose two to four parties. You chose %(number)d.", number=len(form.answers.parties)
    )
