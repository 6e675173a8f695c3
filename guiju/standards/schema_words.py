"""What a schema finds amiss, said in both tongues and without the schema's own words.

It says the problem only; the path and the place are the caller's.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from guiju.terms.tongue import Both

__all__ = ["problem_in_words"]

_MOST_WORDS = 12
_TYPES = {
    "string": Both("文字", "text"),
    "integer": Both("整数", "a whole number"),
    "array": Both("列表", "a list"),
    "object": Both("一组字段", "a set of fields"),
    "boolean": Both("true 或 false", "true or false"),
    "null": Both("null", "null"),
}

# What the patterns of the schema ask for, in words; a pattern without words of its own is shown as it is.
_FORMS = {
    r"^[A-Z][A-Za-z0-9]*([_.\-][A-Za-z0-9]+)*$": Both(
        "以大写字母开头、由字母和数字组成，如 SC809", "letters and digits behind a capital, SC809 for example"
    ),
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": Both("年-月-日，如 2025-08-01", "a day, 2025-08-01 for example"),
    r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$": Both(
        "年、年-月或年-月-日，如 2025-08", "a year, a month or a day, 2025-08 for example"
    ),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": Both("小写字母和数字，用 - 相连", "small letters and digits joined by -"),
    r"^WH-[0-9]{4}$": Both("WH- 加四位数字，如 WH-0901", "WH- and four digits, WH-0901 for example"),
}


def problem_in_words(keyword: str, wanted: Any, given: Any) -> Both:
    """The problem that a schema keyword found, with what it wanted; a keyword without words of its own gets plain ones."""
    match keyword:
        case "required":
            missing = [str(name) for name in wanted if isinstance(given, Mapping) and name not in given]
            return Both(f"缺少 {'、'.join(missing)}", f"lacks {', '.join(missing)}")
        case "additionalProperties":
            return Both("不是记录的字段", "is not a field of a record")
        case "type":
            return _wrong_type(wanted)
        case "enum" | "const":
            return _not_one_of(wanted if keyword == "enum" else [wanted])
        case "pattern":
            form = _FORMS.get(str(wanted), Both(str(wanted), str(wanted)))
            return Both(f"的写法应是：{form.zh}", f"should be written as {form.en}")
        case "minItems" | "minLength" | "minProperties":
            return Both("不能是空的；没有就不写", "cannot be empty; leave it out instead")
        case "maxItems" | "maxLength":
            return Both(f"太长，至多 {wanted}", f"is too long; at most {wanted}")
        case "uniqueItems":
            return Both("有重复的项", "holds the same item twice")
        case "minimum" | "maximum":
            return Both(f"超出范围（{wanted}）", f"is out of range ({wanted})")
        case "oneOf":
            return Both("须且只须写 ref 或 place 之一", "needs one of `ref` and `place`, and not both")
        case _:
            return Both("的写法不合记录的格式", "does not have the shape of a record")


def _wrong_type(wanted: Any) -> Both:
    names: Sequence[str] = [wanted] if isinstance(wanted, str) else list(wanted)
    words = [_TYPES.get(name, Both(name, name)) for name in names]
    return Both(f"应是{'或'.join(word.zh for word in words)}", f"should be {' or '.join(word.en for word in words)}")


def _not_one_of(wanted: Sequence[Any]) -> Both:
    words = [str(word).lower() if isinstance(word, bool) else str(word) for word in wanted]
    more = " …" if len(words) > _MOST_WORDS else ""
    shown = words[:_MOST_WORDS]
    return Both(f"只能是 {'、'.join(shown)}{more}", f"must be one of {', '.join(shown)}{more}")
