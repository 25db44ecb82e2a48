"""A catalogue together with what is made of it once: kernels and whole pages."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from quiz.content.catalogue import Catalogue
from quiz.matching.kernel import Kernel, kernel_of
from quiz.web.compress import Page

T = TypeVar("T")


class Published:
    """What is served now. It is swapped whole when the content changes, so nothing in it expires."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.pages: dict[Hashable, Page] = {}
        self._made: dict[Hashable, object] = {}

    def kernel(self, method: str | None = None) -> Kernel:
        """Return the scoring kernel of a method, the quiz's own by default."""
        name = method or self.catalogue.quiz.matching.method
        return self.once(("kernel", name), lambda: kernel_of(self.catalogue, method=name))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under this key, making it the first time.

        Two threads may both make it; they make the same, and one of the two is kept.
        """
        made = self._made.get(key)
        if made is None:
            made = self._made.setdefault(key, make())
        return made  # type: ignore[return-value]  # a key always stands for one type
