"""The voter's pages. Nothing here sets a cookie, writes a log line or keeps an answer."""

from __future__ import annotations

from flask import (
    Blueprint,
    abort,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from quiz.content.methods import METHODS
from quiz.content.search import search as find
from quiz.matching.saved_result import saved_result
from quiz.web import i18n
from quiz.web.display import published
from quiz.web.i18n import gettext
from quiz.web.pages import keep_languages, private, shared
from quiz.web.published import Published
from quiz.web.voter import result_page
from quiz.web.voter.figures import figures
from quiz.web.voter.forms import QuizForm

blueprint = Blueprint("voter", __name__)
keep_languages(blueprint)


@blueprint.get("/")
def front() -> Response:
    """Lead to the start page in the reader's language."""
    response = redirect(url_for("voter.start", lang=i18n.preferred()))
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/<lang>/")
@shared
def start() -> str:
    """Say what this is, what it is not, and what happens with answers."""
    return render_template("voter/start.html")


@blueprint.get("/<lang>/quiz")
@shared
def quiz() -> str:
    """Show the statements."""
    return render_template("voter/quiz.html", form=QuizForm(published().catalogue))


@blueprint.post("/<lang>/quiz")
def quiz_again() -> Response:
    """Show the statements with the answers that were sent, in this language."""
    form = _sent(published())
    return private(render_template("voter/quiz.html", form=form))


@blueprint.get("/<lang>/result")
@shared
def result_of_tab() -> str:
    """Return the page on which a script asks for the result of the answers stored in the tab."""
    return render_template("voter/result_of_tab.html")


@blueprint.post("/<lang>/result")
def result() -> Response:
    """Show the result."""
    now = published()
    form = _sent(now)
    page = result_page.page(now, form)
    return _refused(form) if page is None else private(page)


@blueprint.post("/<lang>/result.json")
def saved() -> Response:
    """Offer the result as a file that ``quiz verify`` recomputes."""
    now = published()
    form = _sent(now)
    answers = result_page.answers_of(now.catalogue, form)
    if answers is None:
        return _refused(form)
    response: Response = jsonify(saved_result(now.catalogue, answers, now.kernel()))
    response.headers["Content-Disposition"] = f'attachment; filename="{now.catalogue.quiz.id}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent(now: Published) -> QuizForm:
    """Return the form that was sent."""
    return QuizForm(now.catalogue, request.form)


def _refused(form: QuizForm) -> Response:
    """Show the statements again, with what is wrong."""
    if not form.answers.problems:
        if not form.answers.sent and request.content_length:
            words = gettext("We could not read what was sent. Go back, and try again.")
        else:
            words = gettext(
                "Answer at least one statement; then we can compare you with the parties."
            )
        form.answers.problems.append((None, words))
        form.answers.problems += [(None, notice) for notice in result_page.notices(form)]
    return private(render_template("voter/quiz.html", form=form), status=400)


@blueprint.get("/<lang>/statements")
@shared
def statements() -> str:
    """List every statement by theme."""
    return render_template("voter/statements.html")


@blueprint.get("/<lang>/statements/<statement_id>")
@shared
def statement(statement_id: str) -> str:
    """Show one statement with every party's position and quotes."""
    catalogue = published().catalogue
    column = catalogue.statement_index.get(statement_id)
    if column is None:
        abort(404)
    return render_template("voter/statement.html", statement=catalogue.statements[column])


@blueprint.get("/<lang>/matrix")
@shared
def matrix() -> str:
    """Show all positions in one table."""
    return render_template("voter/matrix.html")


@blueprint.get("/<lang>/search")
def search() -> Response:
    """Find words in statements and quotes."""
    words = request.args.get("q", "").strip()[:100]
    catalogue = published().catalogue
    hits = find(catalogue, words, i18n.current()) if words else []
    return private(render_template("voter/search.html", words=words, found=hits))


@blueprint.get("/<lang>/parties")
@shared
def parties() -> str:
    """List every party by name."""
    return render_template("voter/parties.html")


@blueprint.get("/<lang>/parties/<party_id>")
@shared
def party(party_id: str) -> str:
    """Show one party's positions and quotes."""
    catalogue = published().catalogue
    row = catalogue.party_index.get(party_id)
    if row is None:
        abort(404)
    return render_template("voter/party.html", party=catalogue.parties[row])


@blueprint.get("/<lang>/method")
@shared
def method() -> str:
    """Explain how answers and positions are matched."""
    return render_template("voter/method.html", methods=METHODS, **figures())


@blueprint.get("/<lang>/privacy")
@shared
def privacy() -> str:
    """Say what is kept: nothing."""
    return render_template("voter/privacy.html")


@blueprint.get("/<lang>/accessibility")
@shared
def accessibility() -> str:
    """Say what was tested and what was not."""
    return render_template("voter/accessibility.html")


@blueprint.get("/<lang>/imprint")
@shared
def imprint() -> str:
    """Say who publishes this, in the operator's own words."""
    if published().catalogue.quiz.texts.imprint is None:
        abort(404)
    return render_template("voter/imprint.html")
