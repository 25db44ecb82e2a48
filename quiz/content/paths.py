"""Where the content and the templates are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent.parent
BUNDLED: Final = PACKAGE / "bundled"


def shipped() -> Path:
    """Return the folder with the shipped content and templates.

    A wheel carries them beside the package; in a checkout they lie at its top.
    """
    return BUNDLED if BUNDLED.is_dir() else PACKAGE.parent


def content_directory(name: str | None = None) -> Path:
    """Return the content folder: the one named, else ``QUIZ_CONTENT``, else the shipped one."""
    chosen = name or os.environ.get("QUIZ_CONTENT")
    return Path(chosen) if chosen else shipped()


def templates_directory() -> Path:
    """Return the folder with the templates."""
    return shipped() / "templates"
