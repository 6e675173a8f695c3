"""The codes of the phase `reading` (letter D)."""

from guiju.diagnostics.codes.code import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
