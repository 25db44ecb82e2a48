"""From YAML to plain data with places, and what a broken file means, in words."""
