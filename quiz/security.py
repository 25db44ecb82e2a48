"""The headers that stand on every response, errors included."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, request
from werkzeug.wrappers import Request

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
HSTS: Final = "max-age=63072000; includeSubDomains; preload"


def harden(app: Flask) -> None:
    """Put the headers on every response of the app."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = HSTS
        return response


def from_elsewhere(asked: Request) -> bool:
    """Whether another site's page sent this request: ``Sec-Fetch-Site``, else ``Origin``.

    Browsers without either header are kept out by the cookies' SameSite.
    """
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = asked.headers.get("Origin")
    return origin is not None and origin != asked.host_url.rstrip("/")
