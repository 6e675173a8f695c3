"""The codes of the phase `waivers` (letter W)."""

from guiju.diagnostics.codes.code import Code

__all__ = ["CODES"]

CODES: tuple[Code, ...] = ()
