"""What the pages know without checking anything: the rules, the registry, the profiles; loaded when first asked for."""

from functools import cache

from guiju.dsl.ir.tree import Profile
from guiju.dsl.ruleset import Ruleset
from guiju.service.checks.warm import ruleset
from guiju.standards.load import load_registry
from guiju.standards.registry import Registry
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["Knowledge", "knowledge"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The sealed rules and the registry."""

    ruleset: Ruleset
    registry: Registry

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles in the order of their names."""
        return self.ruleset.profiles


@cache
def knowledge() -> Knowledge:
    """Loaded once in the life of the service."""
    return Knowledge(ruleset=ruleset(), registry=load_registry())
