"""Compression: once and well for files and shared pages, fast for pages made on request."""

from __future__ import annotations

import gzip
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from typing import Final

import brotli
from flask import Flask, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BEST: Final = 11
WORTH_IT: Final = 512
LONGEST_HEADER: Final = 200
PACK: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "zstd": zstd.compress,
    "br": partial(brotli.compress, quality=3),
    "gzip": partial(gzip.compress, compresslevel=5),
}
"""Encodings for pages made on request, the fastest first; all give about the same size."""


class Page:
    """A body that is the same for everybody, kept plain and compressed, with its ETag."""

    def __init__(self, body: bytes, content_type: str) -> None:
        self.body = body
        self.content_type = content_type
        self.etag = sha256(body).hexdigest()[:20]

    @cached_property
    def compressed(self) -> bytes:
        """The body in Brotli's best quality."""
        packed: bytes = brotli.compress(self.body, quality=BEST)
        return packed

    @cached_property
    def integrity(self) -> str:
        """The ``integrity`` attribute, so that a browser runs no other file in its place."""
        return f"sha256-{b64encode(sha256(self.body).digest()).decode()}"

    def response(self, *, cache: str) -> Response:
        """Return the response to this request: 304 where the browser has the page, compressed
        where it can be.
        """
        packed = _best(_accepted(), ("br",))
        headers = [
            ("Content-Type", self.content_type),
            ("Cache-Control", cache),
            ("Vary", "Accept-Encoding"),
            ("ETag", f'"{self.etag}-br"' if packed else f'"{self.etag}"'),
        ]
        if packed:
            headers.append(("Content-Encoding", "br"))
        response = Response(self.compressed if packed else self.body, headers=headers)
        if "HTTP_IF_NONE_MATCH" in request.environ:
            response.make_conditional(request)
        return response


def init_app(app: Flask) -> None:
    """Compress responses made on request, where the browser accepts it and it is worth it."""

    @app.after_request
    def pack(response: Response) -> Response:
        if (
            response.direct_passthrough
            or response.is_streamed
            or "Content-Encoding" in response.headers
            or "ETag" in response.headers  # the ETag identifies these bytes
            or response.status_code in {204, 304}
            or (response.mimetype or "").partition("/")[0] not in {"text", "application"}
        ):
            return response
        response.vary.add("Accept-Encoding")
        body = response.get_data()
        if len(body) < WORTH_IT:
            return response
        encoding = _best(_accepted(), tuple(PACK))
        if encoding:
            response.set_data(PACK[encoding](body))
            response.headers["Content-Encoding"] = encoding
        return response


def _accepted() -> str:
    """Return the request's ``Accept-Encoding``: as much of it as a browser sends, since it is kept."""
    return str(request.environ.get("HTTP_ACCEPT_ENCODING", ""))[:LONGEST_HEADER]


@lru_cache(maxsize=256)
def _best(accepted: str, offered: tuple[str, ...]) -> str | None:
    """Return the encoding that the header prefers, the first one offered among equals, or None.

    Cached: browsers send few different headers, and parsing one is slow.
    """
    liked = parse_accept_header(accepted, Accept)
    chosen = max(offered, key=liked.quality)
    return chosen if liked.quality(chosen) > 0 else None
