"""Shared by the pages of all audiences: their language, and caching."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec

from flask import Blueprint, abort, current_app, g, request
from werkzeug.wrappers import Response

from quiz.web import i18n
from quiz.web.about import election_is_over
from quiz.web.compress import Page
from quiz.web.display import published

P = ParamSpec("P")
SHARED: Final = "public, max-age=0, must-revalidate, s-maxage=5"

PRIVATE: Final = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"))


def keep_languages(blueprint: Blueprint) -> None:
    """Take the language from a blueprint's addresses, and add it to links that name none."""
    blueprint.url_value_preprocessor(_choose_language)
    blueprint.url_defaults(_keep_language)


def _choose_language(endpoint: str | None, values: dict[str, str] | None) -> None:
    if values and "lang" in values:
        language = values.pop("lang")
        if language not in published().languages:
            abort(404)
        g.language = language


def _keep_language(endpoint: str, values: dict[str, str]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", i18n.current())


def shared(view: Callable[P, str]) -> Callable[P, Response]:
    """Render a page that is the same for everyone, once per content and language."""

    @wraps(view)
    def respond(*args: P.args, **kwargs: P.kwargs) -> Response:
        pages = published().pages
        key = (request.endpoint, i18n.current(), tuple(kwargs.values()), election_is_over())
        page = pages.get(key)
        if current_app.extensions.get("preview"):  # errors in newer files show on every page
            return private(view(*args, **kwargs))
        if page is None:
            page = pages[key] = Page(view(*args, **kwargs).encode(), "text/html; charset=utf-8")
        return page.response(cache=SHARED)

    return respond


def private(body: str | bytes, *, status: int = 200) -> Response:
    """Return a page for one reader, which no cache may keep."""
    return Response(body, status, headers=PRIVATE)
