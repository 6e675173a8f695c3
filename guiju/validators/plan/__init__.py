"""Rules of one ruleset go in with a day; what to read and ask, in what order and at what cost, comes out."""
