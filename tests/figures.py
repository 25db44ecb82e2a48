"""The figures that stand in the documents' prose, made of the constants of the code."""

from __future__ import annotations

import re
from datetime import timedelta
from math import ceil, floor, log2
from pathlib import Path

from benchmarks import classroom, engine, load, steady
from quiz.audit import choices, rules
from quiz.audit.recommend import CLOSE, FEWEST
from quiz.batch import cells
from quiz.classroom import codes, database, lesson, seats, store, takeover, tally
from quiz.content import limits
from quiz.content import load as load_content
from quiz.content.checks import advice, brand
from quiz.content.paths import shipped
from quiz.matching import kernel, lookup, result
from quiz.web import about, health, reload, server
from quiz.web.classroom import board
from quiz.web.settings import HSTS, SHORTEST_KEY
from tests import mutants
from tests.classroom import test_privacy
from tests.operations import test_slow_clients, test_soak

ROOT = Path(__file__).parents[1]
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
DUTCH = {5: "vijf", 7: "zeven"}
POSSIBLE = len(codes.SYMBOLS)
AGES = re.findall(r"max-age=(\d+)", str(HSTS))
LONGEST_LESSON = max(lesson.MINUTES)
IN_45 = lesson.number_for(LONGEST_LESSON)
TALKED = IN_45 * lesson.EACH
HUNDREDTHS = round(100 * CLOSE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def found(name: str, pattern: str) -> tuple[str, ...]:
    """Return the groups of what stands in a file of code."""
    match = re.search(pattern, read(name))
    assert match, f"{name}: {pattern}"
    return match.groups()


def word(number: float) -> str:
    assert number == round(number)
    return WORDS[round(number)]


def hours(time: timedelta) -> str:
    return word(time / timedelta(hours=1))


def minutes(time: timedelta) -> str:
    return word(time / timedelta(minutes=1))


def kilobytes(number: int) -> str:
    return f"{number // 1000} kB"


def within(promised: int, takes: float) -> str:
    """Return what is promised, where it is kept."""
    assert takes <= promised
    return word(promised)


def where(holds: bool, phrase: str) -> str:
    """Return a phrase that holds no number of the code, but rests on one."""
    assert holds, phrase
    return phrase


def in_nginx(setting: str) -> int:
    return int(found("deploy/nginx.conf", rf"{setting}[ =](\d+)")[0])


(STEP,) = found("quiz/web/static/frame.js", r"STEP = (\d+)")
(SPOKEN,) = found("quiz/web/static/board.js", r"SPOKEN = ([\d_]+)")
(SHARED,) = found("quiz/web/pages.py", r"s-maxage=(\d+)")
(TOKEN,) = found("quiz/classroom/codes.py", r"token_urlsafe\((\d+)\)")
(UNIT_RATING,) = found("tests/deploy/test_debian.py", r"--threshold=(\d+)")
NARROW, WIDE = found("tests/browser/test_accessibility.py", r"for width in \((\d+), (\d+)\)")
SMALL = found("tests/browser/looks.py", r'\{"width": (\d+), "height": (256)\}')
(TARGET,) = found("tests/browser/looks.py", r"height >= (\d+\.5)")
(LOWER_TARGET,) = found("tests/browser/looks.py", r"height >= (\d+) &&")
(TEXT,) = found("tests/web/test_contrast.py", r'tokens\["paper"\]\) >= (7)')
(MARKS,) = found("tests/web/test_contrast.py", r'tokens\["paper"\]\) >= (3)')
LATENCY, *_ = found("benchmarks/pages.py", r'"latency": (\d+)')
(SPEED,) = found("benchmarks/pages.py", r'"downloadThroughput": (\S+)e6 / 8')
(SLOWER,) = found("benchmarks/pages.py", r'"rate": (4)\}')
(RESULT,) = found("tests/web/test_weight.py", r"<= (\d+) \* KILOBYTE, f\"the result")
(VISIT,) = found("tests/web/test_weight.py", r"total <= (\d+) \* KILOBYTE")
PARTIES, STATEMENTS = found("tests/web/test_weight.py", r"parties_yaml\((\d+), (\d+)\)")
(LARGE,) = found("tests/web/test_weight.py", r"get_data\(\)\) <= (\d+) \* KILOBYTE")
(IDLE,) = found("tests/operations/test_slow_clients.py", r"in range\((\d{4})\)")
(PYTHON,) = found("pyproject.toml", r'requires-python = ">=(.+)"')
(HOSTS,) = found("docs/deploy.md", r"at the peak \| (\d+) \| 2 \|")
FUZZED = re.findall(r"FUZZ_\w+:-(\d+)", read("Makefile"))
PRIOR, LEAST = found(
    "quiz/content/starter.py", r"prior: (\d+), double_weight: \d+, min_compared: (\d+)"
)

FIGURES = {
    "README.md": (
        f"Python {PYTHON} or newer",
        f"about {word(round(about.SECONDS * len(load_content(shipped()).statements) / 60))} minutes",
    ),
    "CHANGELOG.md": (
        f"nothing below {word(tally.FEWEST)} answers",
    ),
    "docs/accessibility.md": (
        f"light and dark, {NARROW} and {WIDE} px",
        f"no sideways scrolling at {NARROW} px, in a window of {SMALL[0]} × {SMALL[1]}",
        f"targets of {ceil(float(TARGET))} px; in running text and tables {LOWER_TARGET} px",
        f"on a phone of {NARROW} px",
        f"text {TEXT}:1; marks, borders and the parts of charts {MARKS}:1",
        f"every {word(int(SPOKEN) / 1000)} seconds at most",
    ),
    "docs/data.md": (
        f"whole numbers from 1 to {cells.HEAVIEST}, empty for 1",
    ),
    "docs/deploy.md": (
        f"at most {int(UNIT_RATING) / 10} of 10, where 10 is open to everything",
        f"served within {within(2, 4 * (reload.EVERY + reload.SETTLE))} seconds after its files change",
        f"behind nginx within {within(10, 2 + int(SHARED))} (",
        f"passed over by nginx after {word(in_nginx('proxy_read_timeout'))} seconds",
        f"from memory for {word(int(SHARED))} seconds",
        f"it stands {2 * test_slow_clients.SLOW} clients that send slowly and {int(IDLE):,} idle ones",
        f"gave {steady.RATE} results a second",
        where(
            int(HOSTS) * steady.RATE * 3600 >= 1.5 * 2e6,
            f"2 million results an hour at the peak | {HOSTS} | {steady.WORKERS} |",
        ),
        where(
            steady.RATE * 3600 >= 1.5 * 50_000,
            f"50,000 results an hour | 1 | {steady.WORKERS} |",
        ),
        f"A worker takes under {test_soak.A_WORKER} MB, also after an hour of load",
        f"tried at most every {word(health.EVERY)} seconds",
        f"{word(store.FILLING * 10 / 2)} in {word(10 / 2)} of the classes that may be open",
    ),
    "docs/embedding.md": (
        f"steps of {STEP} pixels",
    ),
    "docs/lesson.md": (
        f"A lesson of {LONGEST_LESSON} minutes",
        f"*{LONGEST_LESSON} minutes*: that is {word(IN_45)} statements",
        f"| 0–{lesson.START} | {lesson.START} |",
        (
            f"| {lesson.START}–{lesson.START + TALKED} | {TALKED} | **{word(IN_45).title()} statements, "
            f"{word(lesson.EACH)} minutes each.**"
        ),
        f"| {lesson.START + TALKED}–{LONGEST_LESSON} | {lesson.END} |",
        f"That makes {LONGEST_LESSON} minutes",
        where(board.SECONDS[0] == 30, "Half a minute to answer"),
        f"Fewer than {word(tally.FEWEST)} answers",
    ),
    "docs/lesson.nl.md": (
        f"Een les van {LONGEST_LESSON} minuten",
        f"*{LONGEST_LESSON} minuten*: dat zijn {DUTCH[IN_45]} stellingen",
        f"| 0–{lesson.START} | {lesson.START} |",
        (
            f"| {lesson.START}–{lesson.START + TALKED} | {TALKED} | **{DUTCH[IN_45].title()} stellingen, "
            f"{DUTCH[lesson.EACH]} minuten per stelling.**"
        ),
        f"| {lesson.START + TALKED}–{LONGEST_LESSON} | {lesson.END} |",
        f"Samen {LONGEST_LESSON} minuten",
        where(board.SECONDS[0] == 30, "Een halve minuut om te antwoorden"),
        f"Minder dan {DUTCH[tally.FEWEST]} antwoorden",
    ),
    "docs/method.md": (
        f"only if at least {word(result.TO_NAME)} parties are ranked",
        where(kernel.LARGEST_DENOMINATOR == 2**26, "could reach 2²⁶."),
        where(rules.NOISES == (0, 1 / 5, 1 / 2), "a fifth of the rest (or none, or half) at random"),
        where(choices.SKIPPED_SHARES == (1 / 5, 1 / 3, 1 / 2), "skipping a fifth, a third, half"),
        f"prior 0 (the plain mean), {', '.join(map(str, rules.PRIORS))} and silence counted as neutral",
        f"`min_compared` {choices.LEAST[0]} to {choices.LEAST[-1]}",
        f"{word(choices.DOUBLED)} statements counted double",
        f"give or take {word(HUNDREDTHS)} in a hundred, the one whose first places",
        f"give or take {word(HUNDREDTHS / 3)} in a hundred, the lowest from {FEWEST}:",
        f"begins with prior {PRIOR} and `min_compared` {LEAST}",
    ),
    "docs/operators.md": (
        f"at most {advice.MOST_WORDS} words",
        f"at most {kilobytes(limits.LOGO_BYTES)}",
        *(f"| {kilobytes(most)} |" for most in brand.PICTURES.values()),
        f"| {kilobytes(limits.LOGO_BYTES)} each |",
        f"at least {SHORTEST_KEY} characters",
        f"Python {PYTHON} or newer",
        f"is there within {within(2, 4 * (reload.EVERY + reload.SETTLE))} seconds",
        f"a good change within {within(2, 4 * (reload.EVERY + reload.SETTLE))} seconds",
        f"takes a changed file over in {within(2, 4 * (reload.EVERY + reload.SETTLE))} seconds",
    ),
    "docs/performance.md": (
        f"{engine.PARTIES} parties, {engine.STATEMENTS} statements, half of the positions known",
        f"one row of {3 * engine.STATEMENTS} zeros and ones",
        f"a table of {engine.STATEMENTS} columns",
        f"all {4**lookup.LARGEST_GROUP:,} ways of answering {word(lookup.LARGEST_GROUP)} statements",
        f"A voter is then {word(ceil(engine.STATEMENTS / lookup.LARGEST_GROUP))} rows",
        f"at most {RESULT} KB in zstd, in Brotli and in gzip",
        f"one of {PARTIES} parties with positions on all of {STATEMENTS} statements at most {LARGE} KB",
        f"at most {VISIT} KB each",
        where(SLOWER == "4", "a quarter of this machine's speed"),
        f"with a round trip of {LATENCY} ms and {SPEED} Mbit/s",
        f"{load.RESULTS} results a second from one core",
        f"with {steady.RATE} a second on {word(steady.WORKERS)} workers, 99 of 100 within 100 ms",
        f"asks any server for {steady.RATE} results a second",
        (
            f"{classroom.CLASSES * classroom.EACH:,} pupils of {classroom.CLASSES} classes send within "
            f"{word(classroom.SECONDS)} seconds"
        ),
        f"{classroom.PHONES:,} connections ask for news",
    ),
    "docs/privacy.md": (
        f"nothing below {word(tally.FEWEST)} answers",
        f"Counts of fewer than {word(tally.FEWEST)} answers",
        f"{word(store.LONGEST.days)} days after it was opened",
        where(test_privacy.POLLS == 1000, "at every address, a thousand times"),
    ),
    "docs/security.md": (
        f"{codes.KEY_LENGTH} symbols of {POSSIBLE} ({floor(codes.KEY_LENGTH * log2(POSSIBLE))} bits)",
        f"{POSSIBLE**codes.LENGTH // 10**9} thousand million codes",
        f"not given out again for {store.REST.days} days",
        f"{word(store.LONGEST.days)} days at most",
        f"the same new cookie for {minutes(takeover.AGAIN)} minutes",
        f"gives out {seats.AT_ONCE} seats at once and then one each second",
        f"goes after {hours(store.UNJOINED)} hours",
        f"gives way after {minutes(store.SAFE)} minutes",
        f"below {word(tally.FEWEST)} nothing",
        f"takes {server.REQUESTS:,} requests and {server.CONNECTIONS:,} connections at once",
        f"ends one that is silent for {word(in_nginx('client_body_timeout'))} seconds",
        f"HSTS for {word(int(AGES[0]) / 86400 / 365)} years",
        f"hashes of {8 * int(TOKEN)}-bit tokens",
        f"within {within(3, database.BUSY_SECONDS)} seconds",
        f"{int(FUZZED[0]):,} requests and {int(FUZZED[1]):,} files",
    ),
    "docs/testing.md": (
        f"fails below {word(10 * mutants.WANTED)} in ten",
    ),
}  # fmt: skip
"""What follows from the code; where a constant changes, the sentence is no longer found."""
