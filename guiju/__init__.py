"""规矩 Guiju: rules that read like clauses, run against what cities submit.

This is the public face: a dozen names, loaded on demand, so that `import guiju` alone costs nothing. Everything else is
reachable by its full path and promised to nobody.
"""

from importlib import import_module

__all__ = ["__version__"]

__version__ = "0.1.0"

# Where each public name lives; the language has its own version, since a verdict must be explainable years later.
_HOMES: dict[str, str] = {
    "LANGUAGE_VERSION": "guiju.dsl.ruleset",
    "Diagnostic": "guiju.diagnostics.diagnostic",
    "Finding": "guiju.validators.findings.model",
    "NothingRead": "guiju.pipeline",
    "Report": "guiju.reports.model",
    "Ruleset": "guiju.dsl.ruleset",
    "Severity": "guiju.terms.severity",
    "Submission": "guiju.catalog.records.model",
    "Tongue": "guiju.terms.tongue",
    "Verdict": "guiju.terms.verdict",
    "check": "guiju.pipeline",
    "check_submission": "guiju.pipeline",
    "compile_rules": "guiju.dsl.compile",
    "load_registry": "guiju.standards.load",
    "read_rules": "guiju.pipeline",
    "validate": "guiju.validators.validate",
    "write_report": "guiju.reports.formats",
}


def __getattr__(name: str) -> object:
    """A public name, fetched from the module that owns it when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'guiju' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted({*__all__, *_HOMES})
