"""A budget of steps for rules whose steps may multiply: one rule on one subject ends, whatever lists it is asked about.

A step is one look at a condition or a value. Rules of the first degree are not counted: they end with what was read.
"""

from guiju.dsl.ir.tree import Expr
from guiju.terms.tongue import Both
from guiju.validators.engines.interpreter.expr import Evaluator, Scope
from guiju.validators.engines.interpreter.values import Operand, Outcome

__all__ = ["BUDGET", "MeteredEvaluator", "TooCostly"]

BUDGET = 500_000


class TooCostly(BaseException):
    """The budget is spent; no accident of a value, and so no Exception that is taken for one."""

    words = Both(f"代价太高：超过 {BUDGET:,} 步", f"too costly: more than {BUDGET:,} steps")


class MeteredEvaluator(Evaluator):
    """Counts its steps, and gives up."""

    steps = 0

    def operand(self, expr: Expr, scope: Scope) -> Operand:
        """As ever, a step further."""
        self._step()
        return super().operand(expr, scope)

    def holds(self, expr: Expr, scope: Scope) -> Outcome:
        """As ever, a step further."""
        self._step()
        return super().holds(expr, scope)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > BUDGET:
            raise TooCostly
