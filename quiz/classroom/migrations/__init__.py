"""The migrations of class mode."""
