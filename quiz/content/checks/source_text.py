"""A source's text, searched for a quote letter by letter.

The search ignores white space and hyphens, since line breaks, soft hyphens and columns split words
in text taken from a PDF. These are compared afterwards: a line break may stand for a space, a
hyphen or nothing; within a line they must be the same.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from quiz.content.limits import ACCENTS_OF_A_LETTER, PLACES_OF_A_QUOTE
from quiz.translations.commands import tr

KEPT: Final = re.compile("[^\\s\x00-\x1f\x7f\u00ad\u200b\u2010\u2011-]+")
SPACES: Final = re.compile(r"\s+")
SPLIT: Final = re.compile("[\n\f\u00ad\u200b\x00-\x08]")
STRAIGHT: Final = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"'})
OPEN: Final = "“"
CLOSE: Final = "”"


@dataclass(frozen=True)
class Passage:
    """A stretch of a source within which a quote may lie.

    ``line`` is its first line in the file and ``kind`` one of ``quote``, ``summary``, ``text``.
    """

    text: str
    line: int = 1
    kind: str = "text"

    @cached_property
    def letters(self) -> str:
        """The text without white space and hyphens."""
        return "".join(KEPT.findall(self.text))

    @cached_property
    def straight(self) -> str:
        """The letters with straight quotation marks."""
        return self.letters.translate(STRAIGHT)

    @cached_property
    def small(self) -> str:
        """The letters without capitals."""
        return self.letters.casefold()

    @cached_property
    def _runs(self) -> tuple[array[int], array[int]]:
        """Where runs of letters start, in the letters and in the text."""
        starts, offsets = array("L"), array("L")
        length = 0
        for run in KEPT.finditer(self.text):
            first, end = run.span()
            starts.append(length)
            offsets.append(first)
            length += end - first
        return starts, offsets

    def offset(self, index: int) -> int:
        """Return the position in the text of the letter with this index."""
        starts, offsets = self._runs
        run = bisect_right(starts, index) - 1
        return offsets[run] + index - starts[run]

    def boundaries(self, first: int, last: int) -> set[int]:
        """Return the letters between first and last before which something was ignored."""
        starts, _ = self._runs
        return set(starts[bisect_right(starts, first) : bisect_right(starts, last - 1)])

    def gap(self, index: int) -> str:
        """Return what was ignored between a letter and the one before it."""
        return self.text[self.offset(index - 1) + 1 : self.offset(index)]

    def page(self, index: int) -> int:
        """Return the page of a letter, counted from 1; form feeds separate pages."""
        return 1 + self.text.count("\f", 0, self.offset(index))

    def found(self, quote: Passage) -> list[int]:
        """Return the letters at which the quote starts, up to a maximum."""
        places: list[int] = []
        start = self.letters.find(quote.letters) if quote.letters else -1
        while start >= 0 and len(places) < PLACES_OF_A_QUOTE:
            places.append(start)
            start = self.letters.find(quote.letters, start + 1)
        return places

    def difference(self, start: int, quote: Passage) -> str:
        """Return a difference in spaces and hyphens within a line, as ‘source’, not ‘quote’; or
        "".
        """
        end = start + len(quote.letters)
        inside = {index - start for index in self.boundaries(start, end)}
        for index in sorted(inside | quote.boundaries(0, len(quote.letters))):
            theirs, ours = self.gap(start + index), quote.gap(index)
            if not SPLIT.search(theirs) and _plain(theirs) != _plain(ours):
                return tr(
                    "‘%(theirs)s’ in the source, ‘%(ours)s’ here",
                    theirs=_around(self, start + index),
                    ours=_around(quote, index),
                )
        return ""

    def cut_word(self, start: int, quote: Passage) -> str:
        """Return a word that the quote cuts off at its start or end; or ""."""
        end = start + len(quote.letters)
        for edge in (start, end):
            if 0 < edge < len(self.letters) and not self.gap(edge).strip("\u00ad\u200b"):
                before, after = self.letters[edge - 1], self.letters[edge]
                if not self.gap(edge) and before.isalnum() and after.isalnum():
                    return _around(self, edge)
        return ""


def passage(text: str, line: int = 1, kind: str = "text") -> Passage:
    """Make a passage of a text in Unicode's composed form.

    A letter with very many accents stays as it is: composing takes time quadratic in their number.
    """
    if not text.isascii() and not _accents(ACCENTS_OF_A_LETTER + 1).search(text):
        text = unicodedata.normalize("NFC", text)
    return Passage(text, line, kind)


@cache
def _accents(number: int) -> re.Pattern[str]:
    signs = (chr(code) for code in range(0x300, sys.maxunicode + 1))
    accents = "".join(sign for sign in signs if unicodedata.combining(sign))
    return re.compile(f"[{accents}]{{{number}}}")


def passages(text: str) -> list[Passage]:
    """Return the lines of a source document as quotes and summaries.

    A line that starts with “ and ends with ” is a quote; every other one is somebody's summary.
    Where no line is a quote, the document does not tell the two apart and all lines are text.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    quoted = [len(line) > 2 and line[0] == OPEN and line[-1] == CLOSE for line in lines]
    other = "summary" if any(quoted) else "text"
    return [
        passage(line[1:-1], number, "quote") if is_quote else passage(line, number, other)
        for number, (line, is_quote) in enumerate(zip(lines, quoted, strict=True), 1)
    ]


def nearest(quote: Passage, places: list[Passage]) -> str:
    """Describe how far the quote agrees with a source, or return "" where it hardly does."""
    best, where = 0, None
    for place in places:
        low, high = 0, len(quote.letters)
        while low < high:
            middle = (low + high + 1) // 2
            if quote.letters[:middle] in place.letters:
                low = middle
            else:
                high = middle - 1
        if low > best:
            best, where = low, place
    if where is None or best < 8:
        return ""
    start = where.letters.index(quote.letters[:best])
    split = where.offset(start + best - 1) + 1
    before = where.text[max(where.offset(start), split - 30) : split]
    theirs = where.text[split : split + 25]
    ours = quote.text[quote.offset(best - 1) + 1 :][:25]
    return tr(
        "It agrees up to ‘%(same)s’; then the source has ‘%(theirs)s’ and the quote ‘%(ours)s’.",
        same=_plain(before).strip(),
        theirs=_plain(theirs),
        ours=_plain(ours),
    )


def _plain(gap: str) -> str:
    return SPACES.sub(" ", gap.replace("\u2010", "-").replace("\u2011", "-"))


def _around(text: Passage, index: int) -> str:
    """Return the words on both sides of a letter."""
    middle = text.offset(index)
    start = text.text.rfind(" ", 0, max(text.offset(index - 1), 0)) + 1
    end = text.text.find(" ", middle)
    end = end if 0 <= end < middle + 30 else middle + 30
    return _plain(text.text[max(start, middle - 30) : end])
