"""A tree as canonical text."""
