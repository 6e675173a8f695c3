"""For rule authors: cases, mutants, coverage, profile. No check imports it."""
