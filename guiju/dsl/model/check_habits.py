"""Habits: what the language allows and yet is seldom meant."""

from guiju.dsl.model.context import Found, Names
from guiju.dsl.model.tree import CheckedModel

__all__ = ["check_habits"]


def check_habits(model: CheckedModel, names: Names, used_by_terms: frozenset[str], found: Found) -> None:
    """Warnings and hints on a model."""
