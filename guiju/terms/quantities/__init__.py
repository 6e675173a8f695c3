"""Exact amounts with units: their arithmetic, their spelling, their words."""
