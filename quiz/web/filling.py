"""Responses to answers are filled up by a random amount, so that their length tells nothing."""

from __future__ import annotations

import secrets
import string
from typing import Final

from werkzeug.wrappers import Response

MOST: Final = 1024
HEADER: Final = "X-Filling"


def fill(response: Response) -> Response:
    """Add 0 to 1,024 random letters in a header, which no compression takes away."""
    length = secrets.randbelow(MOST + 1)
    response.headers[HEADER] = "".join(secrets.choice(string.ascii_letters) for _ in range(length))
    return response
