"""Looking up every quote in its source: verbatim, once, in the party's own words, on the page
given.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Final

from quiz.content.checks.references import entries, positions
from quiz.content.checks.source_text import Passage, nearest, passage
from quiz.content.checks.sources import SourceText, open_source
from quiz.content.limits import PLACES_OF_A_QUOTE
from quiz.content.yaml.marked import Document, Path
from quiz.translations.commands import later, ntr, tr

KINDS: Final = (later("quote"), later("summary"))
SHORTEST: Final = 25
ELLIPSIS: Final = re.compile(r"…|\.\.+|\[\s*\.*\s*\]")


@dataclass
class Verified:
    """What the quote check found, and what it could not look up."""

    quotes: int = 0
    summaries: int = 0
    unverifiable: int = 0

    def count(self, kind: str) -> None:
        """Count one that was found."""
        if kind == "quote":
            self.quotes += 1
        else:
            self.summaries += 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote or summary, with its path in the file."""

    path: Path
    party: str
    kind: str
    text: str
    source: str
    page: int | None


def verify_quotes(answers: Document, directory: FilePath) -> Verified:
    """Look every quote up below a folder; faults go into the document, at the quote's line."""
    check = _Check(answers, directory)
    for evidence in _evidence(answers):
        well_formed = check.form(evidence)
        if check.look_up(evidence) and well_formed:
            check.verified.count(evidence.kind)
    check.warn()
    return check.verified


def _evidence(answers: Document) -> list[Evidence]:
    parties = {path: entry.get("id") for path, entry in entries(answers, "parties")}
    evidence: list[Evidence] = []
    for path, _, answer in positions(answers):
        quotes = answer.get("quotes")
        parts: list[tuple[Path, str, Any]] = [
            ((*path, "quotes", index), "quote", quote)
            for index, quote in enumerate(quotes if isinstance(quotes, list) else ())
        ]
        parts.append(((*path, "summary"), "summary", answer.get("summary")))
        for place, kind, part in parts:
            if not isinstance(part, dict):
                continue
            text, source, page = part.get("text"), part.get("source"), part.get("page")
            if isinstance(text, str) and text.strip() and isinstance(source, str):
                party = str(parties[path[:2]])
                number = page if type(page) is int else None
                evidence.append(Evidence(place, party, kind, text.strip(), source, number))
    return evidence


@dataclass
class _Check:
    answers: Document
    directory: FilePath
    verified: Verified = field(default_factory=Verified)
    opened: dict[str, SourceText | None] = field(default_factory=dict)
    without_file: Counter[str] = field(default_factory=Counter)
    without_pages: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.given: dict[str, tuple[Path, dict[str, Any]]] = {}
        for path, entry in entries(self.answers, "sources"):
            if isinstance(entry.get("id"), str):
                self.given.setdefault(entry["id"], (path, entry))

    def say(self, evidence: Evidence, message: str, hint: str, key: str = "text") -> None:
        self.answers.say(
            (*evidence.path, key),
            tr("This %(kind)s %(message)s", kind=tr(evidence.kind), message=message),
            hint,
        )

    def form(self, evidence: Evidence) -> bool:
        short = len(evidence.text) < SHORTEST
        across = bool(ELLIPSIS.search(evidence.text.strip("….[] ")))
        if short:
            message = tr(
                "has %(count)s characters; it needs %(least)s.",
                count=len(evidence.text),
                least=SHORTEST,
            )
            self.say(evidence, message, tr("Quote as much as is needed to be fair."))
        if across:
            self.say(evidence, tr("runs across an ellipsis."), tr("Make two quotes of it."))
        return not short and not across

    def look_up(self, evidence: Evidence) -> bool:
        source = self.source(evidence)
        if source is None:
            return False
        if evidence.page is not None and not source.paged:
            self.without_pages[evidence.source] += 1
        if source.lines and evidence.party not in source.ranges:
            message = tr(
                "names a source that has no lines for %(party)s.", party=repr(evidence.party)
            )
            hint = tr(
                "Add ‘%(party)s: [first, last]’ to the ‘lines’ of %(source)s.",
                party=evidence.party,
                source=repr(evidence.source),
            )
            self.say(evidence, message, hint, "source")
            return False
        return self.found(evidence, source)

    def source(self, evidence: Evidence) -> SourceText | None:
        name = evidence.source
        if name not in self.given:
            return None
        path, entry = self.given[name]
        if not isinstance(entry.get("file"), str):
            self.without_file[name] += 1
            self.verified.unverifiable += 1
            return None
        if name not in self.opened:
            self.opened[name] = open_source(self.answers, path, entry, self.directory)
        return self.opened[name]

    def found(self, evidence: Evidence, source: SourceText) -> bool:
        quote = passage(evidence.text)
        scope = source.scope(evidence.party, evidence.kind)
        hits = [(place, start) for place in scope for start in place.found(quote)]
        if not hits:
            self.say(
                evidence, tr("is not in its source."), _diagnosis(evidence, quote, source, scope)
            )
            return False
        if len(hits) > 1:
            where = ", ".join(source.where(place, start) for place, start in hits[:5])
            many = tr("%(count)s times or more", count=PLACES_OF_A_QUOTE)
            times = (
                tr("%(count)s times", count=len(hits)) if len(hits) < PLACES_OF_A_QUOTE else many
            )
            message = tr("stands in its source %(times)s (%(where)s).", times=times, where=where)
            self.say(evidence, message, tr("Quote a few words more, so that it is found once."))
            return False
        place, start = hits[0]
        spelled = self.spelled(evidence, source, place.difference(start, quote))
        word = place.cut_word(start, quote)
        if word:
            self.say(evidence, tr("cuts the word ‘%(word)s’.", word=word), tr("Quote it whole."))
        return self.on_page(evidence, source, place.page(start)) and spelled and not word

    def on_page(self, evidence: Evidence, source: SourceText, page: int) -> bool:
        if not source.paged or evidence.page == page:
            return True
        hint = tr("Write page: %(page)s.", page=page)
        if evidence.page is None:
            message = tr("This %(kind)s has no page.", kind=tr(evidence.kind))
            self.answers.say(
                evidence.path, message, hint, warning=True, kind=tr("quote without a page")
            )
            return True
        self.say(
            evidence,
            tr("is on page %(page)s, not %(given)s.", page=page, given=evidence.page),
            hint,
            "page",
        )
        return False

    def spelled(self, evidence: Evidence, source: SourceText, difference: str) -> bool:
        """Text taken from a PDF's columns can have spaces within words: warn there."""
        if difference:
            self.answers.say(
                (*evidence.path, "text"),
                tr(
                    "This %(kind)s differs in spaces or hyphens: %(difference)s.",
                    kind=tr(evidence.kind),
                    difference=difference,
                ),
                tr("Keep the spelling of the source."),
                warning=source.paged,
            )
        return source.paged or not difference

    def warn(self) -> None:
        for name, count in self.without_file.items():
            message = ntr(
                "%(count)s quote cannot be verified: this source has no ‘file’.",
                "%(count)s quotes cannot be verified: this source has no ‘file’.",
                count,
            )
            hint = tr("Put its text below the sources folder and name it: ‘file: …’.")
            self.answers.say((*self.given[name][0], "id"), message, hint, warning=True)
        for name, count in self.without_pages.items():
            message = ntr(
                "The page of %(count)s quote cannot be checked: the file has no page breaks.",
                "The pages of %(count)s quotes cannot be checked: the file has no page breaks.",
                count,
            )
            hint = tr("‘pdftotext’ keeps those of a PDF; without it, see to the pages yourself.")
            self.answers.say((*self.given[name][0], "id"), message, hint, warning=True)


def _diagnosis(evidence: Evidence, quote: Passage, source: SourceText, scope: list[Passage]) -> str:
    bare = passage(evidence.text.strip("“”\"' "))
    for place in scope:
        if quote.straight in place.straight:
            return tr("Only the quotation marks differ: ‘ ’ “ ” are not ' and \".")
        if quote.small in place.small:
            return tr("Only capital letters differ.")
        if bare.letters != quote.letters and place.found(bare):
            return tr("Leave out the quotation marks around it.")
    for line in source.lines:
        if line.found(quote):
            return _elsewhere(evidence, source, line)
    return nearest(quote, scope) or tr("Copy it from the source again.")


def _elsewhere(evidence: Evidence, source: SourceText, line: Passage) -> str:
    first, last = source.ranges[evidence.party]
    if not first <= line.line <= last:
        return tr(
            "It stands on line %(line)s, outside %(party)s’s %(first)s–%(last)s.",
            line=line.line,
            party=evidence.party,
            first=first,
            last=last,
        )
    if line.kind == "summary":
        return tr(
            "Line %(line)s is a summary, not the party’s words: put it in ‘summary’.",
            line=line.line,
        )
    return tr("Line %(line)s is a quote: put it in ‘quotes’.", line=line.line)
