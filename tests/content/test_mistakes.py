"""Mistakes that editors make: each is reported at its place, for what it is, with what would be
right.

Nothing else is reported with it: one mistake, one message.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.content import Problem, check

S, A = "statements.yaml", "party_answers.yaml"
TEXT = "    text: {nl: De overheid moet stoppen met Microsoft., en: Government must leave Microsoft.}\n"
THEME = "    theme: power\n"


def block(nl: str, en: str = "Leave it.") -> str:
    return f"    text:\n      nl: {nl}\n      en: {en}\n"


def found(folder: Path, *, warnings: bool = False) -> list[Problem]:
    checked = check(folder)
    problems = [*checked.errors, *checked.warnings] if warnings else checked.errors
    return [problem for problem in problems if problem.message != "This party has no positions."]


MISTAKES = {
    "tab": (S, THEME, "\ttheme: power\n", "27:1", "a tab stands here", "with spaces"),
    "text without end": (S, TEXT, block('"Stop ermee.'), "23:11", "opens here with a quotation mark and does not end", "Close it"),
    "text without end, another after it": (S, TEXT, block('"Stop ermee.', '"Stop it."'), "23:11", "a quotation mark opens here, and the next one is on line 24", "on its own line"),
    "text without end in brackets": (S, TEXT, '    text: {nl: "Stop ermee, en: Stop it.}\n', "22:16", "does not end", "Close it"),
    "colon in a text": (S, TEXT, block("De overheid moet: stoppen."), "23:27", "a text with a colon in it stands here without quotes", 'Put the text in quotes: "…".'),
    "colon in a text in brackets": (S, TEXT, "    text: {nl: De staat moet: stoppen, en: x}\n", "22:29", "a text with a colon in it", "Put the text in quotes"),
    "comma in a text in brackets": (S, TEXT, "    text: {nl: De staat, en ook wij, en: x}\n", "22:26", "'en ook wij' stands here without a colon", "A comma within {…} ends a text"),
    "too little indentation": (S, "    theme: autonomy\n", "   theme: autonomy\n", "21:4", "the indentation is off: 3 spaces here, 4 in the entry above", "right below each other"),
    "too much indentation": (S, "    theme: autonomy\n", "      theme: autonomy\n", "21:7", "the indentation is off: 6 spaces here, 4", "right below each other"),
    "hyphen without a space": (S, "  - id: ban", "  -id: ban", "26:3", "no space after the hyphen", "‘- id: …’"),
    "dash for a hyphen": (S, "  - id: power", "  – id: power", "17:3", "an entry starts with ‘–’", "a plain hyphen"),
    "colon without a space": (S, THEME, "    theme:power\n", "27:10", "no space after the colon", "‘key: value’"),
    "space of a word processor": (S, THEME, "\u00a0\u00a0\u00a0\u00a0theme: power\n", "27:1", "a space of another kind stands here (U+00A0)", "plain spaces"),
    "curly quotes with a colon": (S, TEXT, block("“De staat: stop.”"), "23:20", "a text with a colon in it", 'straight quotes (")'),
    "star": (S, TEXT, block("*Stop* ermee."), "23:11", "a text starts with ‘*’", "Put the text in quotes"),
    "at sign": (S, TEXT, block("@minister stop"), "23:11", "a text starts with ‘@’", "Put the text in quotes"),
    "text after its quotes": (S, TEXT, block('"Gratis" wifi voor iedereen'), "23:11", "goes on after its closing quotation mark", "single quotes"),
    "apostrophe in single quotes": (S, TEXT, block("'De foto's moeten weg.'"), "23:11", "goes on after its closing quotation mark", "double quotes"),
    "hash in brackets": (S, TEXT, "    text: {nl: De #1 van ons, en: x}\n", "22:11", "a bracket opens here and does not close", "A # after a space starts a comment"),
    "text over lines": (S, TEXT, block("De overheid\n      moet stoppen"), "24:7", "neither ‘key: value’ nor in quotes", "put it all on one line, or in quotes"),
    "merge": (S, TEXT, f"<<<<<<< HEAD\n{TEXT}=======\n{TEXT}>>>>>>> main\n", "22:1", "a merge left both versions here", "Keep one"),
    "unquoted no": (S, TEXT, block("no"), "23:11", "Unquoted 'no' means true or false", 'Write "no" in quotes.'),
    "hyphen forgotten": (S, "  - id: national", "    id: national", "34:5", "The key 'id' stands here twice; the first is on line 30", "Each entry starts with a hyphen"),
    "key misspelt": (S, "    argument_for:", "    argument-for:", "24:5", "The key 'argument-for' is not known here", "Did you mean 'argument_for'?"),
    "key with a capital": (S, THEME, "    Theme: power\n", "27:5", "The key 'Theme' is not known here", "Did you mean 'theme'?"),
    "theme misspelt": (S, "theme: power", "theme: powr", "27:12", "There is no theme 'powr'", "Did you mean 'power'?"),
    "id of words": (S, "- id: ban-datacenters", "- id: Ban Datacenters", "26:9", "'Ban Datacenters' is not an id", "Did you mean 'ban-datacenters'?"),
    "id in curly quotes": (S, "- id: ban-datacenters", "- id: “ban-datacenters”", "26:9", "is not an id", "Did you mean 'ban-datacenters'?"),
    "first language missing": (S, TEXT, "    text: {en: Leave it.}\n", "22:5", "This text is missing in 'nl'", "Add ‘nl: …’."),
    "languages as a text": (S, "[nl, en]", "nl, en", "5:14", "A list is expected here", "Write [nl, en]"),
    "date turned round": (S, "as_of: 2025-10-29", "as_of: 29-10-2025", "8:10", "'29-10-2025' is not a date", "Did you mean '2025-10-29'?"),
    "day that is none": (S, "as_of: 2025-10-29", "as_of: 2025-02-30", "8:10", "'2025-02-30' is not a date", "like 2025-10-29"),
    "version with a point": (S, "version: 3\n", "version: 3.1\n", "7:12", "A whole number is expected here, not '3.1'", "Digits alone: 3."),
    "mail address": (S, "redactie@example.org", "redactie at example.org", "11:12", "is not a way to reach you", "A mail address"),
    "list entry left empty": (S, "  - id: power", "  -\n  - id: power", "17:4", "Keys with values are expected here", "The keys here: id, name."),
    "page as text": (A, "page: 12", 'page: "12"', "21:96", "A whole number is expected here, not '12'", "unquoted"),
    "page with p.": (A, "page: 12", "page: p. 12", "21:96", "A whole number is expected here, not 'p. 12'", "Digits alone: 12."),
    "colour without #": (A, '"#502379"', '"502379"', "13:12", "'502379' is not a colour", 'Did you mean "#502379"?'),
    "colour as a number": (A, '"#502379"', "502379", "13:12", "A text is expected here, not '502379'", 'Did you mean "#502379"?'),
    "colour as a comment": (A, '"#502379"', "#502379", "13:11", "Nothing stands here", 'Write "#502379" in quotes.'),
    "position misspelt": (A, "position: neutral", "position: netural", "25:19", "is not one of: agree, neutral, disagree", "Did you mean 'neutral'?"),
    "position in Dutch": (A, "position: neutral", "position: Oneens", "25:19", "is not one of", "Did you mean 'disagree'?"),
    "position unquoted no": (A, "position: neutral", "position: no", "25:19", "'no' is not one of", "Did you mean 'disagree'?"),
    "position left empty": (A, "position: neutral", "position:", "25:18", "Nothing stands here; it is one of", "leave the whole entry out"),
    "position in curly quotes": (A, "position: neutral", "position: ‘neutral’", "25:19", "is not one of", "Did you mean 'neutral'?"),
    "explicit in words": (A, "explicit: true", "explicit: ja", "19:19", "'ja' is neither true nor false", "Did you mean true?"),
    "searched as a text": (A, "searched: [alfa-2025]", "searched: alfa-2025", "15:15", "A list is expected here", "Write [alfa-2025]"),
    "searched misspelt": (A, "searched: [alfa-2025]", "searched: [alfa2025]", "15:16", "There is no source 'alfa2025'", "Did you mean 'alfa-2025'?"),
    "source misspelt": (A, "source: alfa-2025, page: 12", "source: alfa-2052, page: 12", "21:79", "There is no source 'alfa-2052'", "Did you mean 'alfa-2025'?"),
    "statement misspelt": (A, "ban-datacenters:", "ban-datacentres:", "24:7", "There is no statement 'ban-datacentres'", "Did you mean 'ban-datacenters'?"),
    "name without end": (A, "    name: Alfa\n", '    name: "Alfa\n', "11:11", "a quotation mark opens here, and the next one is on line 13", "quotes"),
    "position without end": (A, "position: neutral", 'position: "neutral', "25:19", "opens here with a quotation mark and does not end", "Close it"),
    "party twice": (A, "id: beta\n", "id: alfa\n", "34:9", "The id 'alfa' stands here twice; the first is on line 10", "another id"),
    "address without https": (A, "https://example.org/alfa.pdf", "www.example.org/alfa.pdf", "5:10", "is not an address", "Did you mean 'https://www.example.org/alfa.pdf'?"),
    "text without end before a bracket": (S, TEXT, '    text: {nl: "Stop ermee.}\n', "22:16", "opens here with a quotation mark and does not end", 'Close it before the bracket: "…"}.'),
    "text without end before a comma": (S, TEXT, '    text: {nl: "Stop ermee., en: "Stop it."}\n', "22:16", "the quotation mark that closes this text is missing", "Close the text before ‘, en:’."),
    "text without end, quotes two lines later": (S, TEXT, block('"Stop ermee.') + '    status: "published"\n', "23:11", "a quotation mark opens here, and the next one is on line 25", "Close the text with the same mark"),
    "quotes within quotes": (S, TEXT, block('"De "grote" stad."'), "23:11", "goes on after its closing quotation mark", 'or write \\" for each mark in it'),
    "quotes within quotes in brackets": (S, TEXT, '    text: {nl: "De "grote" stad.", en: "x"}\n', "22:16", "goes on after its closing quotation mark", "single quotes"),
    "quotes within quotes over lines": (S, TEXT, block('"De\n        "grote" stad."'), "23:11", "a quotation mark opens here, and the next one is on line 24", 'write \\" for it'),
    "a break pasted into a text": (S, TEXT, block("De overheid moet\nstoppen."), "24:1", "neither ‘key: value’ nor in quotes", "on one line, or in quotes"),
    "three dots": (S, TEXT, TEXT + "...\n", "23:1", "a line of three dots ends the file here", "Take the line out."),
    "answer not indented": (A, "      ban-datacenters:\n", "    ban-datacenters:\n", "24:5", "the indentation is off: 4 spaces here", "An answer stands below ‘answers:’"),
    "last answer not indented": (A, "      state-software:\n        position: disagree\n", "    state-software:\n        position: disagree\n", "43:5", "The key 'state-software' is not known here", "stands below ‘answers:’, two spaces further in"),
    "parts of an answer not indented": (A, "        position: neutral\n        explicit: false\n        quotes:\n          - ", "      position: neutral\n      explicit: false\n      quotes:\n        - ", "24:23", "Nothing stands below this statement.", "two spaces further in than it"),
    "an answer without its statement": (A, "      ban-datacenters:\n        position: neutral\n        explicit: false\n        quotes:\n          - ", "      position: neutral\n      explicit: false\n      quotes:\n        - ", "24:17", "A statement's id is expected here, not 'position'", "write it below the statement's id"),
    "id with a plus": (A, "id: gamma", "id: 50+", "47:9", "'50+' is not an id", "Did you mean '50plus'?"),
    "quotes as a text": (A, "quotes:\n          - {text: Datacenters mogen waar het stroomnet het aankan., source: alfa-2025, page: 3}", 'quotes: "Datacenters mogen."', "27:17", "A list of quotes is expected here", "‘- {text: \"The party's own words.\", source: the-source, page: 12}’"),
    "explicit left out": (A, "        explicit: false\n", "", "24:7", "It is missing whether the quote says this outright", "once for all of a source"),
    "curly quotes with a comma in brackets": (S, TEXT, "    text: {nl: „Stop, ermee.“, en: x}\n", "22:23", "stands here without a colon", "straight quotes"),
    "quotes of a quote": (A, "text: Datacenters mogen waar het stroomnet het aankan.", 'text: "Datacenters" mogen', "28:20", "goes on after its closing quotation mark", "single quotes"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_is_one_message_that_says_what_would_be_right(
    content_folder: Path, mistake: str
) -> None:
    file, old, new, place, message, hint = MISTAKES[mistake]
    path = content_folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = found(content_folder, warnings=True)
    assert len(problems) == 1, [(problem.place, problem.message) for problem in problems]
    (problem,) = problems
    line, column = map(int, place.split(":"))
    assert (Path(problem.file).name, problem.line, problem.column) == (file, line, column)
    assert not problem.warning
    assert message in problem.message
    assert hint in problem.hint
    assert problem.source == path.read_text(encoding="utf-8").splitlines()[problem.line - 1]


WARNED = {
    "text cut at a hash": (S, TEXT, block("Wij zijn op #1"), "23:23", "The text ends here: a # after a space"),
    "text in curly quotes": (S, TEXT, block("“Stop ermee.”"), "23:7", "stands between “ and ”, which readers will see"),
    "quote in curly quotes": (A, "text: Er komt een eigen cloud voor de overheid.", "text: ‘Er komt een eigen cloud.’", "33:14", "stands between ‘ and ’"),
    "text in German quotes": (S, TEXT, block("„Stop ermee.“"), "23:7", "stands between „ and “, which readers will see"),
    "a quoted text with a key in it": (S, TEXT, block('"Wij willen\n        zu: iets\n        id: drie"'), "23:11", "This text goes on until line 25, and its line 24 begins with ‘zu:’"),
    "words of the starter": (S, TEXT, block("Schrijf hier een voorstel waar partijen het niet over eens zijn."), "23:7", "still the words of ‘quiz new’"),
    "second language missing": (S, TEXT, "    text: {nl: Stop ermee.}\n", "22:5", "This text is missing in 'en'"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", WARNED)
def test_what_may_be_meant_is_a_warning(content_folder: Path, mistake: str) -> None:
    file, old, new, place, message = WARNED[mistake]
    path = content_folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = found(content_folder, warnings=True)
    assert problem.warning
    assert problem.place == f"{path}:{place}"
    assert message in problem.message


@pytest.mark.parametrize(
    ("raw", "message", "hint"),
    [
        ("quiz: {é: x}\n".encode("cp1252"), "The file is not UTF-8 text: byte 0xE9.", "Windows-1252, where this is ‘é’"),
        ("quiz: x\n".encode("utf-16"), "saved as UTF-16", "encoding UTF-8"),
        ("quiz: x\n".encode("utf-16-be"), "saved as UTF-16", "encoding UTF-8"),
        (b"PK\x03\x04\x14\x00", "a word processor's or a spreadsheet's file", "as plain text"),
        (b"{\\rtf1\\ansi quiz}", "a word processor's file (RTF)", "as plain text"),
        (b"%PDF-1.7\n", "This is a PDF", "as plain text"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_utf_8_text_is_told_as_what_it_is(
    content_folder: Path, raw: bytes, message: str, hint: str
) -> None:
    (content_folder / S).write_bytes(raw)
    (problem,) = found(content_folder)
    assert problem.line == 1
    assert message in problem.message
    assert hint in problem.hint


def test_yaml_errors_in_several_entries_are_told_at_once_with_all_others(
    content_folder: Path,
) -> None:
    path = content_folder / S
    text = path.read_text(encoding="utf-8").replace(TEXT, block('"Stop ermee.'))
    text = text.replace(
        "    theme: autonomy\n    text: {nl: De staat", "\ttheme: autonomy\n    text: {nl: De staat"
    )
    path.write_text(text.replace("theme: power", "tehme: power"), encoding="utf-8")
    path = content_folder / A
    text = path.read_text(encoding="utf-8").replace("    name: Alfa", "    name: Alfa: Beta")
    text = text.replace(
        "      state-software:\n        position: ", '      state-software:\n        position: "'
    )
    path.write_text(text.replace("    name: Gamma", "    nmae: Gamma"))
    places = [(Path(problem.file).name, problem.line) for problem in found(content_folder)]
    assert places == [(S, 23), (S, 29), (S, 33), (A, 11), (A, 44), (A, 48)]


def test_an_entry_that_could_not_be_read_is_not_called_missing(content_folder: Path) -> None:
    path = content_folder / S
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  id: small", "  id: sm: all").replace(TEXT, block('"Stop.')))
    assert [problem.line for problem in found(content_folder, warnings=True)] == [2, 23]
