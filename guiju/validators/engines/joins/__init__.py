"""Operators across records, on narrow keys: unique, lookup join, group by. They may spill to disk."""
