"""Answers beside positions: methods, kernel, result. No web, no files."""
