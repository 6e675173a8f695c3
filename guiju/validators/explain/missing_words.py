"""Why a verdict could not be reached, in words: for each spot what it is called and what stands there."""

from guiju.terms.fact import Known, State
from guiju.terms.tongue import Both
from guiju.validators.engines.engine import CALENDAR, PARAMETER, SUBMISSION, FieldRef
from guiju.validators.engines.interpreter.records import RecordStore
from guiju.validators.explain.failed_test import say_fact
from guiju.validators.explain.phrases import with_article
from guiju.validators.explain.values import bilingual

__all__ = ["field_name", "missing_words"]


def missing_words(spot: FieldRef, world: RecordStore) -> Both:
    """Why a verdict could not be reached, for one spot."""
    match spot.record:
        case number if number == PARAMETER:
            id, day = spot.path[0], spot.path[1] if len(spot.path) > 1 else world.plan.as_of
            return Both(f"参数“{id}”在 {day} 没有值", f'parameter "{id}" has no value on {day}')
        case number if number == CALENDAR:
            return Both(f"没有 {spot.path[0]} 年的工作日历", f"there is no calendar of working days for {spot.path[0]}")
        case number if number == SUBMISSION:
            return Both("没有提交日期", "there is no day of submission")
    node = world.at(spot.record, spot.path)
    name = field_name(spot, world)
    if isinstance(node.fact, Known) and isinstance(node.fact.value, list):
        return Both(f"{name.zh}可能不完整", f"{name.en} may be incomplete")
    fact = bilingual(lambda tongue: say_fact(node, world, tongue))
    match node.fact.state:
        case State.ABSENT:
            return Both(f"没有写明{name.zh}", f"{name.en} is not stated")
        case State.UNREADABLE:
            return Both(f"{name.zh}写作{fact.zh}", f"{name.en} is given as {fact.en}")
        case State.VALUE:
            return Both(f"{name.zh}{fact.zh}不能用于计算", f"{name.en} {fact.en} cannot be used")
        case _:
            return Both(f"{name.zh}{fact.zh}", f"{name.en} is {fact.en}")


def field_name(spot: FieldRef, world: RecordStore) -> Both:
    """A spot by the names of its fields and the positions of its elements: 信息项第 3 项的名称, name of items 3."""
    node = world.root(spot.record)
    zh: list[str] = []
    en: list[str] = []
    for step in spot.path:
        if isinstance(step, int):
            zh[-1] += f"第 {step + 1} 项"
            en[-1] += f" {step + 1}"
            node = world.at(node.record, (*node.path, step))
            continue
        shape = world.shape_of(node)
        field = shape.field(step) if shape is not None else None
        zh.append(field.name.zh if field else step)
        en.append(with_article((field.name.en if field else step).replace("_", " ")))
        node = world.field(node, step)
    return Both("的".join(zh), " of ".join(reversed(en)))
