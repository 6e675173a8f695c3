"""Guidance for those who fill in forms: collected beside the shapes, and what is asked of it."""
