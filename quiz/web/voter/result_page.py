"""The result page for one voter."""

from __future__ import annotations

from flask import render_template

from quiz.content.catalogue import Catalogue
from quiz.matching.answers import Answers
from quiz.matching.result import result
from quiz.web import metrics
from quiz.web.published import Published
from quiz.web.voter.forms import QuizForm


def page(now: Published, form: QuizForm) -> str | None:
    """Return the page for a form, or None where it is not valid, or holds no answer."""
    answers = answers_of(now.catalogue, form)
    if answers is None:
        return None
    metrics.event("result")
    return render_template(
        "voter/result.html", result=result(now.catalogue, now.kernel(), answers), form=form
    )


def answers_of(catalogue: Catalogue, form: QuizForm) -> Answers | None:
    """Return the answers in a form, or None where it is not valid, or holds none."""
    if not form.validate():
        return None
    answers = Answers.from_codes(catalogue, form.answers.codes, form.answers.double)
    return answers if answers.number else None
