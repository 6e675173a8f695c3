"""Expressions: their literals, their operators, and the parser of both."""
