"""Who brings records to the checker: files too large for memory, on one core or on all; no carrier knows a rule."""
