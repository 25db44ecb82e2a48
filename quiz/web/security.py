"""Security headers on every response, errors included."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property

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


def init_app(app: Flask) -> None:
    """Add the headers to every response of the app, and keep its redirects on this site."""

    app.request_class = NamedFieldsRequest

    @app.after_request
    def add_headers(response: Response) -> Response:
        if response.location and "://" in response.location:
            response = _stay_here(response)
        response.headers.update(HEADERS)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = app.config["HSTS"]
        return response


class NamedFieldsRequest(Request):
    """A request that ignores form parts without a name; no form of ours sends any."""

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """The fields of the form."""
        fields = super().form
        if None not in fields:
            return fields
        return ImmutableMultiDict(pair for pair in fields.items(multi=True) if pair[0] is not None)


def _stay_here(response: Response) -> Response:
    """Reduce a redirect to its path: the router's redirects would repeat the request's ``Host``."""
    location = urlsplit(response.location or "")
    path = "/" + location.path.lstrip("/")
    response = Response(status=response.status_code)
    response.location = f"{path}?{location.query}" if location.query else path
    return response


def own_address(app: Flask) -> str | None:
    """Return the site's address with the first host that the operator trusts, or None.

    Cached pages take the address from here, never from one visitor's ``Host``.
    """
    hosts = app.config["TRUSTED_HOSTS"] or []
    return next((f"https://{host}" for host in hosts if not host.startswith(".")), None)


def cookie_name(name: str) -> str:
    """Return a cookie's name, over https with a prefix: neither another host nor plain http can
    then set it.

    Below a path only the second holds, with ``__Secure-``: ``__Host-`` cookies cover the whole
    host.
    """
    if not request.is_secure:
        return name
    return f"__Secure-{name}" if request.script_root else f"__Host-{name}"


def cookie_path() -> str:
    """Return the path of a cookie: the site's own, not the whole host's."""
    return f"{request.script_root}/"


def from_elsewhere(incoming: Request) -> bool:
    """Whether another site's page sent this request, by ``Sec-Fetch-Site`` or else ``Origin``.

    For browsers that send neither, the cookies' SameSite protects. Pages with such forms must send
    their origin, hence their referrer policy in ``base.html``: with ``no-referrer`` a browser sends
    ``Origin: null``, and over plain http that is all it sends.
    """
    site = incoming.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = incoming.headers.get("Origin")
    return origin is not None and origin != incoming.host_url.rstrip("/")
