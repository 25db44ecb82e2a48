"""Which languages the pages speak: English in the templates, every other from its ``.po`` file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
SOURCE: Final = "en"


@cache
def languages() -> tuple[str, ...]:
    """Name the interface's languages, Dutch first where it is there, then by tag."""
    found = {path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/messages.po")} | {SOURCE}
    return tuple(sorted(found, key=lambda tag: (tag != "nl", tag)))
