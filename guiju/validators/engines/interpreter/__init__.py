"""The reference engine: slow, plain, and right by definition."""
