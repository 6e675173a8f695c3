"""Arrow 7: the shipped rules planned for a day, whole and for the shapes of one submission; the plan written as a checker."""

import os
from datetime import date

from stopwatch import measure

from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.standards.load_tables import load_calendar
from guiju.validators.engines.compiled.codegen.from_plan import write
from guiju.validators.plan.from_ruleset import plan


def main() -> None:
    """Prints one line for each way."""
    ruleset = read_rules([shipped_rules()], memo_of(dict(os.environ))).ruleset
    assert ruleset is not None
    day, shapes = date(2026, 11, 23), frozenset({"dataset", "catalog"})
    print(f"{len(ruleset.rules)} rules")
    measure("plan all", lambda: plan(ruleset, as_of=day))
    measure("plan those of a catalog", lambda: plan(ruleset, as_of=day, shapes=shapes))
    made = plan(ruleset, as_of=day, shapes=shapes)
    measure("write the checker of a catalog", lambda: write(made, load_calendar()))


if __name__ == "__main__":
    main()
