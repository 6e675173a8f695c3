"""Workbooks and CSV, opened and saved without loss."""
