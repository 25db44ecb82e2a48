"""The cookies of class mode: one for each class that a browser runs or has a seat in.

Each class has its own cookie, so two tabs never overwrite each other's class.
"""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.wrappers import Response

from quiz.web.security import cookie_name, cookie_path

HOST, SEAT = "class_host", "class_seat"
DAYS: Final = 7 * 24 * 3600
MOST: Final = 20


def cookie(kind: str, name: str) -> str:
    """Return the token that this browser has for a class, or ""."""
    return request.cookies.get(cookie_name(f"{kind}_{name}"), "")


def names(kind: str) -> list[str]:
    """Return the classes for which this browser has a token: the newest, which it sends last."""
    start = cookie_name(f"{kind}_")
    return [key.removeprefix(start) for key in request.cookies if key.startswith(start)][-MOST:]


def only(kind: str) -> str:
    """Return the class for an address that names none: the only one there is, or ""."""
    held = names(kind)
    return held[0] if len(held) == 1 else ""


def keep(response: Response, kind: str, name: str, value: str) -> None:
    """Set a token as a cookie that scripts and other sites cannot read."""
    response.set_cookie(
        cookie_name(f"{kind}_{name}"),
        value,
        max_age=DAYS,
        path=cookie_path(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def forget(response: Response, kind: str, name: str) -> None:
    """Delete a token's cookie."""
    response.delete_cookie(
        cookie_name(f"{kind}_{name}"),
        path=cookie_path(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
