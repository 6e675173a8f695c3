"""Declarations with every name resolved and every expression typed; nothing is left to guess."""
