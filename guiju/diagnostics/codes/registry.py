"""The codes of the phase `registry` (letter R)."""

from guiju.diagnostics.codes.code import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
