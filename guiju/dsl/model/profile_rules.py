"""Each screening question of a profile as a rule: it is answered, or declared not to apply with a reason."""

from guiju.dsl.ir import tree as ir
from guiju.terms.fact import State
from guiju.terms.modality import Force
from guiju.terms.severity import Severity
from guiju.terms.shape import Field, Shape
from guiju.terms.tongue import Both

__all__ = ["question_rules"]

_ANSWERED = (State.VALUE, State.UNREADABLE, State.NOT_APPLICABLE)


def question_rules(profile: ir.Profile, shapes: dict[str, Shape]) -> tuple[ir.Rule, ...]:
    """The rules `<profile>.<field>_answered`; fields of a second kind of that name have the kind in their id."""
    made: dict[str, ir.Rule] = {}
    for id, fields in profile.screening:
        shape = shapes[id]
        for name in fields:
            field = shape.field(name)
            if field is None:
                continue
            short = f"{profile.id}.{name}_answered"
            rule = _rule(short if short not in made else f"{profile.id}.{id}.{name}_answered", profile, shape, field)
            made[rule.id] = rule
    return tuple(made.values())


def _rule(id: str, profile: ir.Profile, shape: Shape, field: Field) -> ir.Rule:
    zh, en = field.name.zh, field.name.en
    return ir.Rule(
        id=id,
        name=Both(f"回答“{zh}”", f"{en} is answered"),
        version="1",
        subject=ir.SubjectSpec(shape=shape.id),
        applies=None,
        exceptions=(),
        yields_to=(),
        force=Force.SHALL,
        requirement=ir.Is(ir.Read(0, (field.id,), field.type), _ANSWERED, reasoned=True),
        citations=(),
        severity=Severity.MINOR.id,
        fix=Both(f"先回答“{zh}”：它决定哪些规则适用。", f"Answer `{en}` first: it decides which rules apply."),
        says=None,
        why=None,
        doc="",
        start=None,
        end=None,
        submitted=(None, None),
        status="active",
        empty_passes=False,
        dimension="completeness",
        derives=(),
        implicit=True,
        source=profile.source,
        text="",
        of_profile=profile.id,
    )
