"""What the request at hand is answered from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g, request

if TYPE_CHECKING:
    from quiz.web.published import Published


def published() -> Published:
    """Return what is served now; the same for the whole of one request."""
    found: Published | None = g.get("published")
    if found is None:
        found = g.published = current_app.extensions["live"].current.below(request.script_root)
    return found
