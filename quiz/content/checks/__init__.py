"""Rules for the content that go beyond its form, and advice for editors."""
