"""Spreadsheets in and out: CSV and XLSX, read within bounds, errors with sheet, row and column."""
