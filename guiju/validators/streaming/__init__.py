"""Runs a plan over partitions of inputs too large for memory. Contains no rule logic."""
