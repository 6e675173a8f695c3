"""Asks the solver for a document of each kind and profile on each day and writes those that are wanting, or all of them with `--all`.

Run it as `python examples/feasible/build.py [--all]` after kinds, profiles or rules have changed.
"""

import sys
from datetime import date
from pathlib import Path

from guiju.commands.shared.example_files import good_examples
from guiju.pipeline import read_rules, shipped_rules
from guiju.proofs.feasible import is_feasible
from guiju.proofs.questions import Setting
from guiju.proofs.replay import to_yaml
from guiju.standards.load import load_calendar
from guiju.store.cache import Cache

__all__ = ["main"]

HERE = Path(__file__).resolve().parent
DAYS = (date(2020, 6, 1), date(2025, 8, 1), date(2026, 11, 30))


def main(every: bool) -> int:
    """The exit code: 1 where a kind has no document, or none was found in time."""
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    registers = {one.id for one in ruleset.vocabulary.shapes if one.register}
    examples = good_examples(ruleset.vocabulary)
    status = 0
    for day in DAYS:
        for profile in ruleset.profiles:
            for kind in profile.shapes:
                file = HERE / day.isoformat() / f"{profile.id}.{kind}.yaml"
                if kind in registers or (file.exists() and not every):
                    continue
                found = is_feasible(profile, kind, Setting(ruleset, day, load_calendar(), examples, seconds=60))
                if found.documents is None or found.breaches:
                    print(
                        day,
                        profile.id,
                        kind,
                        found.answer.value,
                        *found.breaches,
                        *([one.id for one in clash.rules] for clash in found.clashes),
                    )
                    status = 1
                    continue
                file.parent.mkdir(exist_ok=True)
                text = to_yaml(found.documents, ruleset.vocabulary, day, f"{profile.name.zh} · {profile.name.en}")
                file.write_text(text, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main("--all" in sys.argv))
