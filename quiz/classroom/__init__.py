"""Class mode: an educator, a board, thirty phones, and nothing left behind.

SQLAlchemy is imported here and nowhere else, and only when a class page is asked for: the voter's
pages import and need no database.
"""
