"""The types of single values in the two files: ids, texts, addresses, days, and how each is
written.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from quiz.content.methods import METHODS
from quiz.translations.commands import later

DEFAULT: Final = ""
"""The key of a plain string until the quiz's languages are known."""

SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
URL: Final = r'^https?://[^\s<>"\\/?#]+[^\s<>"\\]*$'
MAIL: Final = r'[^\s<>"\\@:/?#&]+@[^\s<>"\\@:/?#&]+'
CONTACT: Final = rf"^(https?://[^\s<>\x22\\/?#]+[^\s<>\x22\\]*|(mailto:)?{MAIL})$"
COLOR: Final = r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"
FILE: Final = r"^[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*$"
IMAGE: Final = r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*\.(svg|png|jpg|webp)$"
ORIGIN: Final = (
    r"^https?://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?$"
)
LICENCE: Final = r"^[A-Za-z0-9]+([.+-][A-Za-z0-9]+)*\+?$"
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

FORMS: Final = {
    SLUG: (
        later("an id"),
        later("Small letters, digits and single hyphens, like leave-microsoft-2030."),
    ),
    LANGUAGE: (later("a language tag"), later("Like nl, en or de.")),
    URL: (later("an address"), later("It starts with https:// or http:// and has no spaces.")),
    CONTACT: (
        later("a way to reach you"),
        later("A mail address, or a page that starts with https://."),
    ),
    COLOR: (later("a colour"), later('Six hexadecimal digits in quotes, like "#502379".')),
    FILE: (
        later("a file below the sources folder"),
        later("Like programmes/volt.txt, without .. in it."),
    ),
    IMAGE: (
        later("a picture beside the YAML"),
        later("Like logos/volt.svg; svg, png, jpg or webp."),
    ),
    ORIGIN: (
        later("a site's origin"),
        later('Like "https://krant.example": no path, no slash at the end.'),
    ),
    LICENCE: (
        later("a licence's id"),
        later("Like CC-BY-4.0; https://spdx.org/licenses/ lists them all."),
    ),
}
"""Pattern → what it describes, and how to write it."""


def as_text(value: Any) -> Any:
    """Turn a plain string into a text in the quiz's first language."""
    if isinstance(value, str):
        return {DEFAULT: value}
    if isinstance(value, bool | int):
        raise PydanticCustomError("unquoted", "unquoted")
    if value is None or isinstance(value, list):
        raise PydanticCustomError("text", "text")
    return value


def as_day(value: Any) -> Any:
    """Read a day as year, month and day."""
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "day")


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
Url = Annotated[str, StringConstraints(pattern=URL, max_length=2000)]
Contact = Annotated[str, StringConstraints(pattern=CONTACT, max_length=2000)]
Color = Annotated[str, StringConstraints(pattern=COLOR)]
Image = Annotated[str, StringConstraints(pattern=IMAGE, max_length=200)]
Origin = Annotated[str, StringConstraints(pattern=ORIGIN, max_length=300)]
Licence = Annotated[str, StringConstraints(pattern=LICENCE, max_length=80)]
Tag = Annotated[str, StringConstraints(pattern=LANGUAGE, max_length=35)]
Versions = Annotated[dict[Tag, Words], Field(min_length=1)]
Text = Annotated[
    dict[str, Words],
    Field(min_length=1),
    BeforeValidator(as_text, json_schema_input_type=Words | Versions),
]
Day = Annotated[dt.date, BeforeValidator(as_day, json_schema_input_type=dt.date)]
Small = Annotated[int, Field(ge=0, le=1000)]
Page = Annotated[int, Field(ge=1, le=10_000)]
LineNumber = Annotated[int, Field(ge=1, le=10_000_000)]
PositionName = Literal["agree", "neutral", "disagree"]
Status = Literal["published", "draft"]
Edition = Literal["final", "draft", "summary"]
Kind = Literal["programme", "questionnaire", "website", "collected"]
if TYPE_CHECKING:
    Method = str
else:
    Method = Literal[tuple(METHODS)]
