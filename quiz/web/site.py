"""What an operator keeps beside the two files: further languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from babel.support import Translations

from quiz import translations as tongues
from quiz.web.i18n import compiled, shipped


@dataclass(frozen=True, slots=True)
class Site:
    """The operator's own translations by tag, each with the package's below it."""

    version: str = ""
    translations: Mapping[str, Translations] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Site:
        """Read what lies beside the content in this folder."""
        digest = sha256()
        for path in own_files(folder):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        translations = {tag: _layered(path, tag) for tag, path in tongues.beside(folder).items()}
        return cls(digest.hexdigest()[:12], translations)


def own_files(folder: Path) -> list[Path]:
    """Return the files beside the content that the site is made of."""
    return list(tongues.beside(folder).values())


def _layered(path: Path, tag: str) -> Translations:
    own = compiled(path, tag)
    if base := tongues.spoken(tag):
        own.add_fallback(shipped(base))
    return own
