"""What a form says of a field: whether it is needed, what goes in, by which clause, and an example."""

from guiju.forms.template.form_plan import FormColumn
from guiju.forms.template.form_words import FORM_WORDS
from guiju.reports.layout.words import citation_words
from guiju.terms.tongue import Tongue
from guiju.terms.types import BoolT, CodeT, DateT, IntT, MoneyT, NumberT, PercentT, PeriodT, QuantityT, RefT

__all__ = ["cites_words", "content_words", "example_words", "hint_words", "message_words", "need_words", "title_words"]

_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 250
_MOST_CITES, _MOST_NAMES = 4, 4
_EXAMPLES = {
    DateT: "2026-03-01",
    IntT: "1",
    NumberT: "1.5",
    MoneyT: "500000",
    PercentT: "60%",
    PeriodT: "10个工作日",
    QuantityT: "10",
}


def title_words(column: FormColumn) -> str:
    """The title of the hint beside a chosen cell, as long as a spreadsheet takes."""
    return column.label[:_TITLE_LIMIT]


def message_words(column: FormColumn, say: Tongue) -> str:
    """The hint beside a chosen cell, as long as a spreadsheet takes."""
    return hint_words(column, say)[:_MESSAGE_LIMIT]


def need_words(column: FormColumn, say: Tongue) -> str:
    """Whether the field is required, at least in some cases."""
    key = "required" if column.required else "sometimes" if column.rules.sometimes else "optional"
    if key == "optional" and column.field.blank_means is not None:
        key = "blank_yes" if column.field.blank_means else "blank_no"
    mark = "* " if column.required else "◇ " if column.rules.sometimes else ""
    return mark + FORM_WORDS[key].say(say)


def hint_words(column: FormColumn, say: Tongue) -> str:
    """Need, content, meaning, rules and clauses, in that order."""
    lines = [f"{need_words(column, say)} · {content_words(column, say)}"]
    if column.field.doc is not None and column.owner is None:
        lines.append(column.field.doc.say(say))
    names = [name.say(say) for name in column.rules.names[:_MOST_NAMES]]
    if names and column.owner is None:
        lines.append(FORM_WORDS["rule"].say(say).format(names=("、" if say is Tongue.ZH else ", ").join(names)))
    cites = cites_words(column, say)
    if cites:
        lines.append(f"{FORM_WORDS['cites'].say(say)}{'：' if say is Tongue.ZH else ': '}{cites}")
    return "\n".join(lines)


def cites_words(column: FormColumn, say: Tongue) -> str:
    """The clauses that ask for the field."""
    cites = dict.fromkeys(citation_words(one.title, one.clause_text).say(say) for one in column.rules.citations)
    every = list(dict.fromkeys([*cites, *column.field.cites])) if column.owner is None else []
    return "；".join(every[:_MOST_CITES])


def content_words(column: FormColumn, say: Tongue) -> str:
    """What goes in."""
    if column.owner is not None:
        return FORM_WORDS["of"].say(say).format(owner=column.owner, label=column.field.name.say(say))
    words = _type_words(column, say)
    return f"{words}{'；' if say is Tongue.ZH else '; '}{FORM_WORDS['many'].say(say)}" if column.many else words


def _type_words(column: FormColumn, say: Tongue) -> str:
    listed = column.choices.title if column.choices is not None else ""
    match column.type:
        case CodeT():
            return FORM_WORDS["code"].say(say).format(list=listed)
        case RefT() if listed:
            return FORM_WORDS["ref"].say(say).format(list=listed)
        case QuantityT() if column.field.unit:
            return FORM_WORDS["quantity_unit"].say(say).format(unit=column.field.unit)
        case _:
            keys = {
                IntT: "int",
                NumberT: "number",
                MoneyT: "money",
                QuantityT: "quantity",
                PercentT: "percent",
                DateT: "date",
                PeriodT: "period",
                BoolT: "bool",
            }
            return FORM_WORDS[keys.get(type(column.type), "text")].say(say)


def example_words(column: FormColumn, say: Tongue) -> str:
    """An example: that of the guidance, else one of the type."""
    # A row that belongs to another names it as the example of that other is called.
    if column.field.example is not None:
        return column.field.example
    if column.choices is not None and column.choices.shown:
        return column.choices.shown[0]
    if isinstance(column.type, QuantityT):
        return f"10{column.field.unit or ''}"
    found = _EXAMPLES.get(type(column.type))
    # Not the label in brackets: brackets do not count in a header, and the example must not pass for one.
    # A row that belongs to another names it as the example of that other is called.
    label = column.label if column.owner is None else column.field.name.say(say)
    return found if found is not None else "A-001" if column.field.key else FORM_WORDS["fill"].say(say).format(label=label)
