"""How large what we read may be: every bound on files of others, in one place.

A quiz of 200 statements, 200 parties and three quotes a position makes 27 MB of YAML; everything
here leaves room for that and ends what is larger with a message, before it costs minutes.
"""

from __future__ import annotations

from typing import Final

YAML_BYTES: Final = 40_000_000
YAML_DEPTH: Final = 12
NEAR_MISSES: Final = 200
"""How many faults get a guess at what was meant: each compares a word with all that are known."""

SOURCE_BYTES: Final = 20_000_000
PLACES_OF_A_QUOTE: Final = 100
"""How often a quote is looked up in its source; more often is told as “100 times or more”."""

LOGO_BYTES: Final = 300_000

TABLE_BYTES: Final = 20_000_000
TABLE_CELLS: Final = 500_000
TABLE_FAULTS: Final = 100
"""How many wrong cells are listed."""

UNPACKED_BYTES: Final = 60_000_000
UNPACKED_PARTS: Final = 300
STYLE_BYTES: Final = 2_000_000
"""What a workbook's styles may take: openpyxl reads them with the square of their size."""
