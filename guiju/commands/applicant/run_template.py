"""Runs `guiju template`: writes a form to fill.

0 written · 2 no such kind, or the file cannot be written.
"""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiju.catalog.mapping.kinds import Kinds, find_roots
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.suggest import nearest
from guiju.forms.template.form_plan import form_plan
from guiju.forms.template.form_words import FORM_WORDS
from guiju.forms.template.to_template import to_template
from guiju.terms.shape import Shape, Vocabulary

__all__ = ["TemplateOptions", "run_template", "shapes_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOptions:
    """The options of the command."""

    kinds: tuple[str, ...]
    output: Path | None
    as_of: date | None
    short: bool
    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    color: bool | None


def run_template(options: TemplateOptions) -> int:
    """Runs the command and returns its exit code."""
    if options.output is None and sys.stdout.isatty():
        eprint(say("表格不是文本，请用 -o 写入文件，如 -o 填报.xlsx。", "A form is not text; write it to a file, such as -o form.xlsx."))
        return 2
    ruleset = rules_or_complain(options.rules, options.add_rules, color=options.color)
    if ruleset is None:
        return 2
    shapes = shapes_named(options.kinds, ruleset.vocabulary)
    if shapes is None:
        return 2
    plan = form_plan(ruleset, shapes, TONGUE, options.as_of or today(), short=options.short)
    put(to_template(plan, ruleset.digest), options.output)
    if plan.left_out:
        eprint(FORM_WORDS["left_out"].say(TONGUE).format(fields="；".join(plan.left_out)))
    count = sum(len(one.columns) for one in plan.sheets)
    if options.output is not None:
        eprint(
            say(
                f"{options.output}：{len(plan.sheets)} 张表，{count} 栏。", f"{options.output}: {len(plan.sheets)} sheets, {count} columns."
            )
        )
    return 0


def shapes_named(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Shape, ...] | None:
    """The kinds of those names, each once; None after saying which there is none of."""
    kinds = Kinds(vocabulary, find_roots(vocabulary))
    found: dict[str, Shape] = {}
    for word in words:
        shape = kinds.named(word)
        if shape is None or shape not in kinds.root_shapes:
            near = nearest(word, kinds.names)
            hint = say(f"；是不是“{near}”？", f"; did you mean `{near}`?") if near else ""
            known = "、".join(one.name.say(TONGUE) or one.name.zh for one in kinds.root_shapes)
            eprint(say(f"没有叫“{word}”的对象{hint} 有：{known}", f"there is no kind `{word}`{hint} there are: {known}"))
            return None
        found[shape.id] = shape
    return tuple(found.values())
