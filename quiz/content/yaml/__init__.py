"""From YAML to plain data with places, and messages for a broken file."""
