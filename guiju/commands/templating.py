"""What `guiju template` does once its words are understood.

0 written · 2 no such kind, or the file cannot be written.
"""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiju.catalog.kinds import Kinds, find_roots
from guiju.commands.checking import rules_or_complain, today
from guiju.commands.outlet import note, write
from guiju.commands.tongue import TONGUE, say
from guiju.diagnostics.suggest import nearest
from guiju.forms.form_plan import form_plan
from guiju.forms.form_words import FORM_WORDS
from guiju.forms.to_template import to_template
from guiju.terms.shape import Shape, Vocabulary

__all__ = ["TemplateWish", "run_template", "shapes_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateWish:
    """What the words of the command ask for."""

    kinds: tuple[str, ...]
    output: Path | None
    as_of: date | None
    short: bool
    rules: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    force: bool
    color: bool | None


def run_template(wish: TemplateWish) -> int:
    """The exit code, after the form has been written."""
    if wish.output is None and sys.stdout.isatty():
        note(say("表格不是文本，请用 -o 写入文件，如 -o 填报.xlsx。", "A form is not text; write it to a file, such as -o form.xlsx."))
        return 2
    if wish.output is not None and wish.output.exists() and not wish.force:
        note(say(f"{wish.output} 已经有了；要覆盖请加 --force。", f"{wish.output} exists; --force writes over it."))
        return 2
    ruleset = rules_or_complain(wish.rules, wish.add_rules, color=wish.color)
    if ruleset is None:
        return 2
    shapes = shapes_named(wish.kinds, ruleset.vocabulary)
    if shapes is None:
        return 2
    plan = form_plan(ruleset, shapes, TONGUE, wish.as_of or today(), short=wish.short)
    try:
        write(to_template(plan, ruleset.digest), wish.output)
    except OSError as error:
        note(say(f"写不了文件 {wish.output}：", f"cannot write {wish.output}: ") + (error.strerror or str(error)))
        return 2
    if plan.left_out:
        note(FORM_WORDS["left_out"].say(TONGUE).format(fields="；".join(plan.left_out)))
    count = sum(len(one.columns) for one in plan.sheets)
    if wish.output is not None:
        note(say(f"{wish.output}：{len(plan.sheets)} 张表，{count} 栏。", f"{wish.output}: {len(plan.sheets)} sheets, {count} columns."))
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
            note(say(f"没有叫“{word}”的对象{hint} 有：{known}", f"there is no kind `{word}`{hint} there are: {known}"))
            return None
        found[shape.id] = shape
    return tuple(found.values())
