"""The codes of the phase `names` (letter N)."""

from guiju.diagnostics.codes.code import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
