"""How large the files that we read may be: every bound in one place.

A quiz of 200 statements, 200 parties and three quotes per position makes 27 MB of YAML. These
limits leave room for that, and refuse what is larger with a message before it costs minutes.
"""

from __future__ import annotations

from typing import Final

YAML_BYTES: Final = 40_000_000
YAML_DEPTH: Final = 12
NEAR_MISSES: Final = 200
"""How many faults get a “did you mean”: each compares a word with all known ones."""

SOURCE_BYTES: Final = 20_000_000
PLACES_OF_A_QUOTE: Final = 100
"""How many occurrences of a quote are counted; beyond that it is “100 times or more”."""
ACCENTS_OF_A_LETTER: Final = 30
"""With more, the text is not brought into Unicode's composed form (UAX 15, “Stream-Safe”)."""

LOGO_BYTES: Final = 300_000

TABLE_BYTES: Final = 20_000_000
TABLE_CELLS: Final = 500_000
TABLE_FAULTS: Final = 100
"""How many wrong cells are listed."""

UNPACKED_BYTES: Final = 60_000_000
UNPACKED_PARTS: Final = 300
SLOW_BYTES: Final = 2_000_000
"""The size of a workbook's styles, names and relations: openpyxl needs a minute for 20 MB of them."""
BESIDE_BYTES: Final = 2_000_000
"""The size of a translation or a style sheet beside the content."""

RESULT_BYTES: Final = 10_000_000
"""The size of a saved result."""
