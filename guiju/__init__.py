"""规矩 Guiju: rules that read like clauses, run against what cities submit.

This is the public face: a dozen names, loaded on demand, so that `import guiju` alone costs nothing. Everything else is
reachable by its full path and promised to nobody.
"""

from importlib import import_module

__all__ = ["LANGUAGE_VERSION", "__version__"]

__version__ = "0.1.0"

# The language has its own version: a verdict must be explainable years after the package has moved on.
LANGUAGE_VERSION = "0.1"

_HOMES: dict[str, str] = {}


def __getattr__(name: str) -> object:
    """A public name, fetched from the module that owns it when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'guiju' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*__all__, *_HOMES})
