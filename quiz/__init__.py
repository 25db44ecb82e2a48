"""Standpunt: an open voting-advice quiz."""

__version__ = "0.2.0"
