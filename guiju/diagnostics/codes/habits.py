"""The codes of the phase `habits` (letter H)."""

from guiju.diagnostics.codes.code import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
