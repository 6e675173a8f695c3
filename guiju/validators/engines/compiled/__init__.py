"""Runs a generated module over records in memory."""
