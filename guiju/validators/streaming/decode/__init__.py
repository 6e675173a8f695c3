"""Lines of NDJSON as typed records."""
