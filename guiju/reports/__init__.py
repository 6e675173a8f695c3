"""Findings arranged for a reader, and written in many forms; pure: values in, text or bytes out."""
