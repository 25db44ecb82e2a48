"""Click's own words in the user's language.

Click asks ``gettext`` for them, which reads compiled files from a folder: so a language's ``click.po``
is compiled into a folder that lasts as long as the command.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from quiz.translations.commands import compiled

DOMAIN: Final = "click"


@contextmanager
def texts_for_click() -> Iterator[None]:
    """Within this block ``click_speaks`` has an effect; afterwards all is as before."""
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    with ExitStack() as stack:
        with suppress(OSError):  # where nothing can be written, click speaks English
            folder = stack.enter_context(TemporaryDirectory(prefix="quiz-"))
            gettext.bindtextdomain(DOMAIN, folder)
            gettext.textdomain(DOMAIN)
        try:
            yield
        finally:
            gettext.textdomain(domain)
            if language is None:
                os.environ.pop("LANGUAGE", None)
            else:
                os.environ["LANGUAGE"] = language


def click_speaks(tag: str) -> None:
    """Let click speak this language from here on, if the block above has been entered."""
    if gettext.textdomain() != DOMAIN:
        return
    os.environ["LANGUAGE"] = tag
    if texts := compiled(tag, DOMAIN):
        file = Path(gettext.bindtextdomain(DOMAIN), tag, "LC_MESSAGES", f"{DOMAIN}.mo")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(texts)
