"""Class mode's pages: thin views over the store (writes) and the tally (reads)."""
