"""Scopes, types and names: what the checks ask of the declarations."""
