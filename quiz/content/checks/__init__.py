"""What the content must hold beyond its form, and what an editor is advised."""
