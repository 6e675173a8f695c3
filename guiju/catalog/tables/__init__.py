"""A grid of cells becomes records."""
