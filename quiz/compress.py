"""Compressed bodies: files and shared pages once and well, pages made on request fast."""

from __future__ import annotations

from base64 import b64encode
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Final

import brotli
from flask import Flask, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

BEST: Final = 11
FAST: Final = 3
WORTH_IT: Final = 512


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
        """What a tag says of the file, so that a browser runs nothing else in its place."""
        return f"sha256-{b64encode(sha256(self.body).digest()).decode()}"

    def response(self, *, cache: str) -> Response:
        """Answer this request: with 304 where the browser has the page, compressed where it can."""
        packed = _takes_brotli()
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


def compress_answers(app: Flask) -> None:
    """Compress what is made on request, where the browser takes Brotli and it is worth it."""

    @app.after_request
    def pack(response: Response) -> Response:
        if (
            response.direct_passthrough
            or response.is_streamed
            or "Content-Encoding" in response.headers
            or response.status_code in {204, 304}
            or (response.mimetype or "").partition("/")[0] not in {"text", "application"}
        ):
            return response
        response.vary.add("Accept-Encoding")
        body = response.get_data()
        if len(body) >= WORTH_IT and _takes_brotli():
            response.set_data(brotli.compress(body, quality=FAST))
            response.headers["Content-Encoding"] = "br"
        return response


def _takes_brotli() -> bool:
    asked = request.environ.get("HTTP_ACCEPT_ENCODING", "")
    return "br" in asked and _prefers(asked)


@lru_cache(maxsize=256)
def _prefers(asked: str) -> bool:
    """Whether the header allows Brotli; browsers send few kinds of it, and reading it takes long."""
    return parse_accept_header(asked, Accept).quality("br") > 0
