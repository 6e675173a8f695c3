"""Each declaration becomes typed, or is complained of."""
