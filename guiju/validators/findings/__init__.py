"""Findings, tallies and waivers: data."""
