"""Rendered pieces with places in them that each request fills; the templates stay the only mark-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

MARK: Final = "\x1a"
SLOT: Final = re.compile("\x1a([\\w-]+)\x1a")
SPACE: Final = re.compile(r"\s+")
BLOCKS: Final = (
    "blockquote|body|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|label|"
    "legend|li|main|nav|ol|p|section|summary|table|tbody|td|th|thead|tr|ul"
)
AROUND_BLOCKS: Final = re.compile(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?")
NEEDLESS_END: Final = re.compile(
    r"</(?:dd|dt|li|td|th|tr)>"
    r"|</p>(?=</?(?:blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|li|main|nav|ol|p|section|table|ul)\b)"
)
NEEDLESS_MARKS: Final = re.compile(r'="([\w./#:@?&;%+-]+)"(?=[ >])')


class Slots:
    """A rendered piece with named places in it that each request fills; bytes, as they are sent."""

    def __init__(self, rendered: str) -> None:
        parts = SLOT.split(rendered)
        self.names = parts[1::2]
        self.parts = [part.encode() for part in parts]

    def fill(self, **values: bytes) -> bytes:
        """Join the piece with its values, which are mark-up already."""
        parts = self.parts.copy()
        parts[1::2] = [values[name] for name in self.names]
        return b"".join(parts)

    def fill_all(self, values: Mapping[str, list[bytes]]) -> bytes:
        """Join the piece with its values, each of them in pieces itself."""
        parts = [self.parts[0]]
        for name, part in zip(self.names, self.parts[2::2], strict=True):
            parts += values[name]
            parts.append(part)
        return b"".join(parts)

    def around(self, *names: str) -> list[bytes]:
        """Return what stands before, between and behind these slots, which are all there are.

        Raises ``ValueError`` where the piece has other slots, or the same in another order.
        """
        if self.names != list(names):
            msg = f"slots are {self.names}, not {list(names)}"
            raise ValueError(msg)
        return self.parts[::2]


class Names:
    """Hands a template the mark of each slot that it names."""

    def __getattr__(self, name: str) -> Markup:
        return Markup(f"{MARK}{name}{MARK}")  # noqa: S704  # a fixed name between two marks


def slim(rendered: Markup) -> Markup:
    """Take out what a browser does without: white space, end tags, quotation marks round one word.

    Texts hold no quotation mark and no tag that is not escaped, so none of this reaches into them.
    """
    close = AROUND_BLOCKS.sub(r"\1", SPACE.sub(" ", str(rendered))).strip()
    return Markup(NEEDLESS_MARKS.sub(r"=\1", NEEDLESS_END.sub("", close)))  # noqa: S704
