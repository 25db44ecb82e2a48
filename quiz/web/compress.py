"""Compressed bodies: files and shared pages once and well, pages made on request fast."""

from __future__ import annotations

import sys
from base64 import b64encode
from functools import cached_property, lru_cache
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
FAST: Final = 3
WORTH_IT: Final = 512
SMALL_TABLES: Final[dict[int, int]] = {
    zstd.CompressionParameter.strategy: zstd.Strategy.dfast,
    zstd.CompressionParameter.window_log: 18,
    zstd.CompressionParameter.hash_log: 16,
    zstd.CompressionParameter.chain_log: 15,
    zstd.CompressionParameter.min_match: 5,
}
"""Level 3 with tables that stay in a core's cache beside a result page, which fits into the window."""


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
        packed = _best(request.environ.get("HTTP_ACCEPT_ENCODING", ""), ("br",))
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
    """Compress what is made on request, where the browser takes it and it is worth it.

    In zstd, which takes a third of the time of Brotli; in Brotli for Safari before 26 and others.
    """

    @app.after_request
    def pack(response: Response) -> Response:
        if (
            response.direct_passthrough
            or response.is_streamed
            or "Content-Encoding" in response.headers
            or "ETag" in response.headers  # names these very bytes
            or response.status_code in {204, 304}
            or (response.mimetype or "").partition("/")[0] not in {"text", "application"}
        ):
            return response
        response.vary.add("Accept-Encoding")
        body = response.get_data()
        if len(body) < WORTH_IT:
            return response
        encoding = _best(request.environ.get("HTTP_ACCEPT_ENCODING", ""), ("zstd", "br"))
        if encoding == "zstd":
            response.set_data(_in_zstd(body))
        elif encoding == "br":
            response.set_data(brotli.compress(body, quality=FAST))
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response


_compressor = zstd.ZstdCompressor(options=SMALL_TABLES)


def _in_zstd(body: bytes) -> bytes:
    """Compress with the one compressor of all threads, which locks itself.

    It is quick to use again, and a megabyte large.
    """
    packed: bytes = _compressor.compress(body, zstd.ZstdCompressor.FLUSH_FRAME)
    return packed


@lru_cache(maxsize=256)
def _best(asked: str, offered: tuple[str, ...]) -> str | None:
    """Return what the header likes best, of equals the first that is offered, or None.

    Browsers send few kinds of this header, and reading it takes long.
    """
    liked = parse_accept_header(asked, Accept)
    chosen = max(offered, key=liked.quality)
    return chosen if liked.quality(chosen) > 0 else None
