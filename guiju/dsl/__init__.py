"""The language: rule text goes in, a sealed ruleset comes out; no file is read in here."""
