"""Findings arranged for a reader, before any format."""
