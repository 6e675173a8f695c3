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
            return Both(f"的写法不合 {wanted}", f"is not of the form {wanted}")
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
