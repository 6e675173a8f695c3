"""Commands of the auditor: evidence, verify, trace, runs, compare, waive."""
