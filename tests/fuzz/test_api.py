"""The API, fuzzed from its own description: every response is one that the description allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import given
from schemathesis import GenerationMode

from quiz.web.app import create_app
from quiz.web.settings import Settings
from tests.fuzz.budget import at_once, examples, share

SHARE = share("api")
requests: Counter[str] = Counter()


def counting(answer: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def count(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        requests[environ["PATH_INFO"]] += 1
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # nothing between here and there would unpack it
        return answer(environ, start_response)

    return count


@pytest.fixture(scope="module")
def described(
    tmp_path_factory: pytest.TempPathFactory, content_texts: dict[str, str]
) -> schemathesis.BaseSchema:
    folder = tmp_path_factory.mktemp("content")
    for name, text in content_texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    app: Flask = create_app(Settings(content=folder))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.wsgi_app = counting(app.wsgi_app)  # type: ignore[method-assign]
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_match(described: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    requests.clear()
    statuses: Counter[int] = Counter()

    @examples(SHARE // 2)
    @given(described["/api/v1/match"]["POST"].as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        with at_once(case.body):
            response = case.call_and_validate()
        assert response.headers["content-security-policy"]
        statuses[response.status_code] += 1

    run()
    assert requests["/api/v1/match"] >= SHARE // 2
    assert statuses[200 if mode is GenerationMode.POSITIVE else 400] > SHARE // 4


def test_quiz(described: schemathesis.BaseSchema) -> None:
    described["/api/v1/quiz"]["GET"].Case().call_and_validate()
