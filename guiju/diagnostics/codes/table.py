"""All codes of all phases, by their letter and number."""

from guiju.diagnostics.codes import citations, habits, names, planning, reading, registry, syntax, types, units, waivers
from guiju.diagnostics.codes.code import Code

__all__ = ["TABLE"]

_PHASES = (syntax, names, types, units, citations, habits, registry, reading, planning, waivers)

TABLE: dict[str, Code] = {code.code: code for phase in _PHASES for code in phase.CODES}
