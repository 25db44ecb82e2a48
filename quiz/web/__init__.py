"""What the web shows: one module an audience, each of them thin."""
