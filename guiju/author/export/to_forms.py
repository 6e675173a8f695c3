"""A kind with its rules as JSON Schema, SHACL, SQL or CSV on the Web. Each holds one constraint a rule, which fails where the rule fails.

Values are written canonically: days as 2026-03-02, money in yuan, yes and no as booleans, codes as codes; a field without a value is not
there (NULL). UNDETERMINED has no equal in any of them: what is undetermined raises no error.
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.author.export.conditions import All, Any_, Breach, Given, Test, breach_of
from guiju.author.export.model import Export, Loss, Scope, Unsaid
from guiju.dsl.ir.tree import Rule
from guiju.terms.tongue import Both
from guiju.terms.types import BoolT, CodeT, DateT, IntT, MoneyT, NumberT, PercentT, QuantityT, TextT, Type

__all__ = ["BASE", "FORMS", "export"]

BASE = "urn:guiju:"
_SH = "http://www.w3.org/ns/shacl#"


def export(form: str, scope: Scope) -> Export:
    """The export of a kind; `form` is one of FORMS."""
    kept: list[tuple[Rule, Any]] = []
    losses: list[Loss] = []
    for rule in scope.rules:
        try:
            breach = breach_of(rule)
            kept.append((rule, FORMS[form][0](breach, scope)))
        except Unsaid as why:
            losses.append(Loss(rule.id, rule.name, why.words))
    text = FORMS[form][1](kept, scope)
    return Export(text, tuple(rule.id for rule, _ in kept), tuple(losses), {"form": form, "kind": scope.shape.id})


# ---- JSON Schema -------------------------------------------------------------------------------------------------------------


def _json_schema(breach: Breach, scope: Scope) -> Any:
    match breach:
        case Given(field=field, there=there):
            held: dict[str, Any] = {"required": [field]}
            return held if there else {"not": held}
        case Test(field=field, op=op, value=value):
            return {"required": [field], "properties": {field: _json_test(op, value)}}
        case All(parts=parts):
            return {"allOf": [_json_schema(one, scope) for one in parts]} if parts else True
        case Any_(parts=parts):
            return {"anyOf": [_json_schema(one, scope) for one in parts]} if parts else False


def _json_test(op: str, value: Any) -> dict[str, Any]:
    if isinstance(value, date):
        if op not in ("=", "≠"):
            # No keyword of JSON Schema puts texts in an order.
            raise Unsaid(Both("比较日期先后", "it puts days in an order"))
        value = value.isoformat()
    plain = [_plain(one) for one in value] if isinstance(value, tuple) else _plain(value)
    match op:
        case "=":
            return {"const": plain}
        case "≠":
            return {"not": {"const": plain}}
        case "in":
            return {"enum": plain}
        case "out":
            return {"not": {"enum": plain}}
        case "<":
            return {"exclusiveMaximum": plain}
        case "≤":
            return {"maximum": plain}
        case ">":
            return {"exclusiveMinimum": plain}
        case _:
            return {"minimum": plain}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _json_text(kept: list[tuple[Rule, Any]], scope: Scope) -> str:
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{BASE}{scope.shape.id}",
        "title": scope.shape.name.zh,
        "type": "object",
        "$defs": {rule.id: {"$comment": rule.name.zh, "not": breach} for rule, breach in kept},
        **({"allOf": [{"$ref": f"#/$defs/{rule.id}"} for rule, _ in kept]} if kept else {}),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


# ---- SQL ---------------------------------------------------------------------------------------------------------------------


def _sql(breach: Breach, scope: Scope) -> str:
    match breach:
        case Given(field=field, there=there):
            return f"{_name(field)} IS {'NOT ' if there else ''}NULL"
        case Test(field=field, op=("in" | "out") as op, value=value):
            listed = ", ".join(map(_literal, value))
            return f"({_name(field)} IS NOT NULL AND {_name(field)} {'NOT ' if op == 'out' else ''}IN ({listed}))"
        case Test(field=field, op=op, value=value):
            sign = {"=": "=", "≠": "<>", "≤": "<=", "≥": ">="}.get(op, op)
            return f"({_name(field)} IS NOT NULL AND {_name(field)} {sign} {_literal(value)})"
        case All(parts=parts):
            return "(" + " AND ".join(_sql(one, scope) for one in parts) + ")" if parts else "TRUE"
        case Any_(parts=parts):
            return "(" + " OR ".join(_sql(one, scope) for one in parts) + ")" if parts else "FALSE"


def _name(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'


def _literal(value: Any) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case _:
            return format(Decimal(value), "f")


def _column(type: Type) -> str:
    match type:
        case BoolT():
            return "BOOLEAN"
        case DateT():
            return "DATE"
        case IntT():
            return "BIGINT"
        case NumberT() | MoneyT() | QuantityT() | PercentT():
            return "DECIMAL(38, 8)"
        case _:
            return "VARCHAR"


def _sql_text(kept: list[tuple[Rule, Any]], scope: Scope) -> str:
    columns = ",\n".join(f"  {_name(one.id)} {_column(one.type)}" for one in scope.shape.fields)
    table = _name(scope.shape.id)
    selects = [f"-- {rule.name.zh}\nSELECT {_literal(rule.id)} AS rule, row_number FROM {table} WHERE {breach}" for rule, breach in kept]
    none = f"SELECT '' AS rule, row_number FROM {table} WHERE FALSE"
    view = f"CREATE VIEW {_name(scope.shape.id + '_breaches')} AS\n" + "\nUNION ALL\n".join(selects or [none]) + ";\n"
    return f"CREATE TABLE {_name(scope.shape.id)} (\n  row_number BIGINT,\n{columns}\n);\n{view}"


# ---- SHACL -------------------------------------------------------------------------------------------------------------------


def _shacl(breach: Breach, scope: Scope) -> Any:
    match breach:
        case Given(field=field, there=there):
            return {"property": {"path": field, ("minCount" if there else "maxCount"): int(there)}}
        case Test(field=field, op=op, value=value):
            return {"property": {"path": field, "minCount": 1, **_shacl_test(op, value)}}
        case All(parts=parts):
            return {"and": [_shacl(one, scope) for one in parts]}
        case Any_(parts=parts):
            return {"or": [_shacl(one, scope) for one in parts]}


def _shacl_test(op: str, value: Any) -> dict[str, Any]:
    listed = value if isinstance(value, tuple) else (value,)
    match op:
        case "=" | "in":
            return {"in": listed}
        case "≠" | "out":
            return {"not_in": listed}
        case "<":
            return {"maxExclusive": value}
        case "≤":
            return {"maxInclusive": value}
        case ">":
            return {"minExclusive": value}
        case _:
            return {"minInclusive": value}


def _shacl_text(kept: list[tuple[Rule, Any]], scope: Scope) -> str:
    lines = [
        f"@prefix sh: <{_SH}> .",
        f"@prefix g: <{BASE}> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "",
    ]
    for rule, breach in kept:
        lines += [
            f"<{BASE}rule:{rule.id}> a sh:NodeShape ;",
            f"  sh:targetClass g:{scope.shape.id} ;",
            f"  sh:name {json.dumps(rule.name.zh, ensure_ascii=False)}@zh ;",
            f"  sh:not {_turtle(breach)} .",
            "",
        ]
    return "\n".join(lines)


def _turtle(node: dict[str, Any]) -> str:
    if "property" in node:
        parts = []
        for name, value in node["property"].items():
            match name:
                case "path":
                    parts.append(f"sh:path g:{value}")
                case "in":
                    parts.append(f"sh:in ( {' '.join(map(_term, value))} )")
                case "not_in":
                    parts.append(f"sh:not [ sh:in ( {' '.join(map(_term, value))} ) ]")
                case "minCount" | "maxCount":
                    parts.append(f"sh:{name} {value}")
                case _:
                    parts.append(f"sh:{name} {_term(value)}")
        return f"[ sh:property [ {' ; '.join(parts)} ] ]"
    [(joined, inner)] = node.items()
    if not inner:
        # Of nothing all holds, and none.
        return "[ ]" if joined == "and" else "[ sh:not [ ] ]"
    return f"[ sh:{joined} ( {' '.join(map(_turtle, inner))} ) ]"


def _term(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f'"{value}"^^xsd:decimal'
        case Decimal():
            return f'"{value.normalize():f}"^^xsd:decimal'
        case date():
            return f'"{value.isoformat()}"^^xsd:date'
        case _:
            return json.dumps(str(value), ensure_ascii=False)


# ---- CSV on the Web ----------------------------------------------------------------------------------------------------------


def _csvw(breach: Breach, scope: Scope) -> Any:
    """What one column says of itself: that it is required, its bounds, its values; nothing across columns."""
    while isinstance(breach, All | Any_) and len(breach.parts) == 1:
        breach = breach.parts[0]
    match breach:
        case Given(field=field, there=False):
            return field, {"required": True}
        case Test(field=field, op=op, value=value) if not isinstance(value, tuple | bool | str) and op in ("<", "≤", ">", "≥"):
            # A breach below a bound is a column whose least value it is.
            key = {"<": "minInclusive", "≤": "minExclusive", ">": "maxInclusive", "≥": "maxExclusive"}[op]
            return field, {"datatype": {key: str(_plain(value))}}
        case Test(field=field, op="out", value=value) if all(isinstance(one, str) for one in value):
            return field, {"datatype": {"base": "string", "format": "|".join(_quoted(one) for one in value)}}
        case Test(field=field, op="≠", value=str() as value):
            return field, {"datatype": {"base": "string", "format": _quoted(value)}}
        case _:
            raise Unsaid(Both("不是一列自己的要求", "it asks about more than one column by itself"))


def _quoted(text: str) -> str:
    return "".join(f"\\{one}" if one in "\\.[]^$()|?*+{}" else one for one in text)


def _csvw_text(kept: list[tuple[Rule, Any]], scope: Scope) -> str:
    columns: list[dict[str, Any]] = []
    for one in scope.shape.fields:
        column: dict[str, Any] = {"name": one.id, "titles": {"zh": one.name.zh, "en": one.name.en}, "datatype": {"base": _base(one.type)}}
        for rule, (field, parts) in kept:
            if field == one.id:
                column.setdefault(f"{BASE}rules", []).append(rule.id)
                column["datatype"] |= parts.get("datatype", {})
                if "required" in parts:
                    column["required"] = True
        columns.append(column)
    whole = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": f"{scope.shape.id}.csv",
        "tableSchema": {"columns": columns},
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _base(type: Type) -> str:
    match type:
        case BoolT():
            return "boolean"
        case DateT():
            return "date"
        case IntT():
            return "integer"
        case NumberT() | MoneyT() | QuantityT() | PercentT():
            return "decimal"
        case TextT() | CodeT():
            return "string"
        case _:
            return "string"


FORMS: dict[str, tuple[Callable[[Breach, Scope], Any], Callable[[list[tuple[Rule, Any]], Scope], str]]] = {
    "jsonschema": (_json_schema, _json_text),
    "shacl": (_shacl, _shacl_text),
    "sql": (_sql, _sql_text),
    "csvw": (_csvw, _csvw_text),
}
"""By name what becomes of a breach, and how the whole is written."""
