"""Rules and the documents they speak of, as formulas of a solver."""
