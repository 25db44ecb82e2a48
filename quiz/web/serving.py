"""The content from which this request is answered."""

from __future__ import annotations

from flask import current_app, g, request

from quiz.web.published import Published


def published() -> Published:
    """Return the content that is served now; the same throughout one request."""
    content: Published | None = g.get("published")
    if content is None:
        content = g.published = current_app.extensions["live"].current.below(request.script_root)
    return content
