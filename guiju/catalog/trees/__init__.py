"""A tree of keys and lists becomes records."""
