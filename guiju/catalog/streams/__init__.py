"""Inputs of any size, read from any position on."""
