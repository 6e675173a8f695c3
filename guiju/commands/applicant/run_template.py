"""Runs `guiju template`: writes a form to fill.

0 written · 2 no such kind, or the file cannot be written.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from guiju.catalog.mapping.kinds import Kinds, find_roots
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.suggest import nearest
from guiju.dsl.ir.tree import Profile
from guiju.dsl.ruleset import Ruleset
from guiju.forms.template.form_plan import form_plan
from guiju.forms.template.form_scope import FormScope, scope_of
from guiju.forms.template.form_words import FORM_WORDS
from guiju.forms.template.line_plan import lined
from guiju.forms.template.to_template import to_template
from guiju.terms.shape import Shape, Vocabulary
from guiju.terms.tongue import Both, counted
from guiju.terms.types import CodeT
from guiju.validators.plan.profiles import STAGES, profile_named

__all__ = ["TemplateOptions", "run_template", "shapes_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOptions:
    """The options of the command."""

    kinds: tuple[str, ...]
    purpose: tuple[str, ...]
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
    on = options.as_of or today()
    if options.purpose:
        scope = _scope(ruleset, shapes, options.purpose, on)
        if scope is None:
            return 2
        plan = form_plan(ruleset, shapes, TONGUE, on)
        plan = lined(replace(plan, purpose=_purpose(scope, shapes[0], ruleset.vocabulary)), scope, ruleset.vocabulary, short=options.short)
    else:
        plan = form_plan(ruleset, shapes, TONGUE, on, short=options.short)
    put(to_template(plan, ruleset.digest), options.output)
    if plan.left_out:
        eprint(FORM_WORDS["left_out"].say(TONGUE).format(fields="；".join(plan.left_out)))
    count = sum(len(one.columns) for one in plan.sheets)
    if options.output is not None:
        eprint(
            say(
                f"{options.output}：{len(plan.sheets)} 张表，{count} 栏。",
                f"{options.output}: {counted(len(plan.sheets), 'sheet')}, {counted(count, 'column')}.",
            )
        )
    return 0


def _scope(ruleset: Ruleset, shapes: tuple[Shape, ...], purpose: tuple[str, ...], on: date) -> FormScope | None:
    """What the form is for; None after saying which word names neither a type nor a profile of the kind."""
    if len(shapes) != 1:
        eprint(say("--for 一次只用于一类对象。", "With --for, one kind at a time."))
        return None
    [shape] = shapes
    profiles = [one for one in ruleset.profiles if shape.id in one.shapes]
    types = dict(_types(shape, ruleset.vocabulary))
    profile: Profile | None = None
    known: dict[str, Any] = {}
    for word in purpose:
        named = profile_named(word, profiles)
        entry = next(((id, code) for spelled, (id, code) in types.items() if spelled == word.strip().casefold()), None)
        if named is not None:
            profile = named
        elif entry is not None:
            known[entry[0]] = entry[1]
        else:
            _tell_purposes(word, profiles, shape, ruleset.vocabulary)
            return None
    return scope_of(ruleset, shape.id, profile or _usual(profiles), known, on)


def _usual(profiles: list[Profile]) -> Profile | None:
    """The profile of the submission proper, where nobody names one."""
    stages = list(STAGES)
    first = stages.index("filing")
    order = [*stages[first:], *stages[:first]]
    return min(profiles, key=lambda one: (min((order.index(stage) for stage in one.stages), default=len(order)), one.id), default=None)


def _types(shape: Shape, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, str]]]:
    """The spellings of the types of the shape: the codes of its field 类型, if it has one."""
    field = shape.field("kind")
    if field is None or not isinstance(field.type, CodeT):
        return
    for one in vocabulary.code_list(field.type.codes).entries:
        for spelled in (one.name.zh, one.name.en, one.id, *one.aliases):
            yield spelled.casefold(), (field.id, one.code)


def _tell_purposes(word: str, profiles: list[Profile], shape: Shape, vocabulary: Vocabulary) -> None:
    field = shape.field("kind")
    entries = vocabulary.code_list(field.type.codes).entries if field is not None and isinstance(field.type, CodeT) else ()
    names = [*(one.name.say(TONGUE) for one in entries), *(one.name.say(TONGUE) for one in profiles)]
    near = nearest(word, names)
    hint = say(f"；是不是“{near}”？", f"; did you mean `{near}`?") if near else ""
    known = say("、", ", ").join(names)
    eprint(
        say(f"D130 没有叫“{word}”的类型或场景{hint} 有：{known}", f"D130 no type or profile is called `{word}`{hint} there are: {known}")
    )


def _purpose(scope: FormScope, shape: Shape, vocabulary: Vocabulary) -> Both:
    """What the form is for, in one line."""
    said = []
    for id, code in scope.known.items():
        field = shape.field(id)
        if field is not None and isinstance(field.type, CodeT):
            said += [one.name for one in vocabulary.code_list(field.type.codes).entries if one.code == code]
    said += [scope.profile.name] if scope.profile is not None else []
    words = FORM_WORDS["purpose"]
    return Both(words.zh.format(purpose=" · ".join(one.zh for one in said)), words.en.format(purpose=" · ".join(one.en for one in said)))


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
