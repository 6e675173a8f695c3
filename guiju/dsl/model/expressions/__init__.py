"""Each expression becomes typed: operands, comparisons, tests, collections, patterns, units."""
