"""Requests that wait at the same time are answered by one thread, one straight after another.

A result page is arithmetic on small arrays and joining of strings. A call of numpy costs far more
than its arithmetic, threads take the interpreter from each other, and each change of threads finds
its code and tables gone from the processor's caches. So one thread answers the requests of all who
wait, and the first of them may work out for all what it finds for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from io import BytesIO
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from quiz.web.turns import Turns

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AT_ONCE: Final = 8
LARGEST: Final = 1 << 16
"""Bytes of the largest body that is answered together with others: a form of 1,000 statements."""

URL_ENCODED: Final = "application/x-www-form-urlencoded"
COMPANY: Final = "quiz.company"
ARRIVED: Final = "quiz.arrived"

Found = TypeVar("Found")


class Asked(NamedTuple):
    """A request whose body has come."""

    environ: WSGIEnvironment
    body: bytes


class Answer(NamedTuple):
    """What an app says to ``start_response`` and the body that it returns, or the error it raises."""

    start: tuple[Any, ...] = ()
    body: Iterable[bytes] = ()
    error: Exception | None = None


class Together:
    """A WSGI app that has forms sent to certain paths answered together, and passes on all else.

    The body is read before, so that who sends slowly keeps nobody waiting. ``quiz.arrived`` in the
    environment says when a request came, by ``time.perf_counter``.
    """

    def __init__(self, app: WSGIApplication, paths: Collection[str]) -> None:
        self._app = app
        self._lines = {path: Turns(self._answer, AT_ONCE) for path in paths}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        line = self._lines.get(environ["PATH_INFO"])
        if line is None or environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start_response)
        environ[ARRIVED] = perf_counter()
        body = _body(environ)
        if body is None:
            return self._app(environ, start_response)
        answer = line.of(Asked(environ, body))
        if answer.error:
            raise answer.error
        start_response(*answer.start)
        return answer.body

    def _answer(self, several: Sequence[Asked]) -> list[Answer]:
        company = Company([asked.body for asked in several])
        answers = []
        for at, (environ, body) in enumerate(several):
            environ["wsgi.input"] = BytesIO(body)
            environ[COMPANY] = company, at
            started = Started()
            try:
                answered = self._app(environ, started)
            except Exception as error:  # noqa: BLE001  # it is raised where it belongs
                answers.append(Answer(error=error))
            else:
                answers.append(Answer(started.given, answered))
        return answers


class Started:
    """A ``start_response`` that keeps what it is given, for another thread to say."""

    def __init__(self) -> None:
        self.given: tuple[Any, ...] = ()

    def __call__(self, *given: Any) -> Callable[[bytes], object]:
        """Keep it; this app returns its bodies and writes nothing, so writing is an error."""
        self.given = given
        return self._write

    def _write(self, written: bytes) -> None:
        msg = "an answer is returned, not written"
        raise TypeError(msg)


class Company:
    """The bodies of requests that are answered together, and what was found for them."""

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self._bodies = bodies
        self._found: Sequence[object] | None = None

    def find(self, at: int, work: Callable[[Sequence[bytes]], Sequence[Found]]) -> Found:
        """Return what ``work`` finds for one of them; the first time it is asked for all."""
        if self._found is None:
            try:
                self._found = work(self._bodies)
            except Exception:  # noqa: BLE001  # whose it is shows when each is asked alone
                self._found = ()
        if not self._found:
            return work(self._bodies[at : at + 1])[0]
        return self._found[at]  # type: ignore[return-value]  # the same work for all


def find_for_all(
    environ: WSGIEnvironment, body: bytes, work: Callable[[Sequence[bytes]], Sequence[Found]]
) -> Found:
    """Return what ``work`` finds for a request's body, together with those answered with it."""
    company, at = environ.get(COMPANY) or (Company([body]), 0)
    return company.find(at, work)


def _body(environ: WSGIEnvironment) -> bytes | None:
    """Return the body, or None where it is no form's, too large, of no known length or broken off.

    What was read of it stands in ``wsgi.input`` again.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != URL_ENCODED or not length.isdecimal():
        return None
    if len(length) > len(str(LARGEST)):  # and not more digits than an int is made of
        return None
    left = int(length)
    if left > LARGEST:
        return None
    parts = []
    while left and (part := environ["wsgi.input"].read(left)):
        parts.append(part)
        left -= len(part)
    body = b"".join(parts)
    environ["wsgi.input"] = BytesIO(body)
    return None if left else body
