"""A catalogue with everything that is computed from it once: kernels and whole pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from threading import RLock
from typing import Final, TypeVar

from babel.support import Translations

from quiz import translations as tongues
from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import Kernel, kernel_of
from quiz.web.compress import Page
from quiz.web.interface import shipped
from quiz.web.site import Site

T = TypeVar("T")
MOST_PATHS: Final = 8
"""Usually there is one.

The bound keeps forged ``X-Forwarded-Prefix`` headers from filling the memory.
"""


class Published:
    """The published content.

    It is replaced as a whole when the content changes, so nothing in it expires.
    """

    def __init__(self, catalogue: Catalogue, site: Site | None = None) -> None:
        self.catalogue, self.site = catalogue, site or Site()
        self.pages: dict[Hashable, Page] = {}
        self._made: dict[Hashable, object] = {}
        self._making = RLock()
        self._below: dict[str, Published] = {}

    def below(self, path: str) -> Published:
        """Return the same content for another path prefix: its cached pages contain addresses."""
        if not path:
            return self
        if path not in self._below and len(self._below) >= MOST_PATHS:
            self._below.clear()
        return self._below.setdefault(path, Published(self.catalogue, self.site))

    def same_as(self, other: Published) -> bool:
        """Whether the same would be served."""
        same = self.catalogue.content_hash == other.catalogue.content_hash
        return same and self.site.version == other.site.version

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the pages: those of the content, in its order, that the interface
        has.
        """
        return tongues.offered(self.catalogue.quiz.languages, self._spoken)

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        return (*tongues.languages(), *self.site.translations)

    def translations(self, language: str) -> Translations:
        """Return the translations into a language: the operator's own, with ours as a fallback."""
        tag = tongues.spoken(language, self._spoken) or tongues.SOURCE
        return self.site.translations.get(tag) or shipped(tongues.spoken(tag) or tongues.SOURCE)

    def kernel(self, method: str | None = None) -> Kernel:
        """Return the scoring kernel of a method, the quiz's own by default."""
        name = method or self.catalogue.quiz.matching.method
        return self.once(("kernel", name), lambda: kernel_of(self.catalogue, method=name))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under this key, making it the first time; other threads wait for it."""
        if key not in self._made:
            with self._making:
                if key not in self._made:
                    self._made[key] = make()
        return self._made[key]  # type: ignore[return-value]  # a key always stands for one type
