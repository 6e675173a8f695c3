"""What `guiju doctor` looks at: versions, rules, registry, calendar, encoding, cache; and the extras, each of which is tried.

0 all that is needed is here (what is only useful may be wanting) · 1 something needed is not.
"""

import json
import locale
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import guiju
from guiju.commands.bureau.extras import EXTRAS, Extra
from guiju.commands.shared.rulesets import today
from guiju.commands.terminal.terminal import put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.codes.code import Level
from guiju.dsl.ruleset import LANGUAGE_VERSION
from guiju.pipeline import memo_of, read_rules, shipped_rules
from guiju.standards.load import load_registry, load_years
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import counted
from guiju.validators.streaming.decode.typed_lines import is_built

__all__ = ["run_doctor"]

_OLD_REGISTRY = 366


class State(StrEnum):
    """How one thing stands."""

    GOOD = "good"
    WANTING = "wanting"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing looked at: what it is, what was seen, and what to do about it."""

    state: State
    what: str
    seen: str
    help: str = ""


def run_doctor(*, as_json: bool) -> int:
    """The exit code, after everything has been written."""
    looks = [look for examine in _EXAMINATIONS for look in examine()]
    if as_json:
        plain = [{"state": one.state.value, "what": one.what, "seen": one.seen, "help": one.help} for one in looks]
        put(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", None)
    else:
        signs = {State.GOOD: "✓", State.WANTING: "·", State.BROKEN: "✗"}
        for one in looks:
            tail = f"\n    {one.help}" if one.help and one.state is not State.GOOD else ""
            put(f"{signs[one.state]} {one.what}{say('：', ': ')}{one.seen}{tail}\n", None)
    return 1 if any(one.state is State.BROKEN for one in looks) else 0


def _versions() -> list[Look]:
    seen = f"guiju {guiju.__version__} · {say('语言版本', 'language')} {LANGUAGE_VERSION} · Python {platform.python_version()}"
    return [Look(State.GOOD, say("版本", "versions"), seen)]


def _rules() -> list[Look]:
    compiled = read_rules([shipped_rules()], memo_of(dict(os.environ)))
    what = say("随附规则", "shipped rules")
    if compiled.ruleset is None:
        count = sum(1 for one in compiled.diagnostics if one.level is Level.ERROR)
        return [Look(State.BROKEN, what, say(f"有 {count} 处错误", f"{count} errors"), f"guiju lint {shipped_rules()}")]
    rules = [one for one in compiled.ruleset.rules if not one.implicit]
    seen = say(
        f"{len(rules)} 条，{len(compiled.ruleset.judged)} 条由人判断", f"{len(rules)}, and {len(compiled.ruleset.judged)} judged by people"
    )
    return [Look(State.GOOD, what, seen), Look(State.GOOD, say("规则摘要", "digest of the rules"), compiled.ruleset.digest)]


def _registry() -> list[Look]:
    registry = load_registry()
    age = (today() - registry.as_of).days
    seen = say(
        f"{len(registry.editions)} 个版本，截至 {registry.as_of}", f"{counted(len(registry.editions), 'edition')} as of {registry.as_of}"
    )
    help = say("登记已超过一年，请升级 guiju，或自行核对标准是否现行", "it is over a year old: upgrade guiju, or look up what is in force")
    return [Look(State.WANTING if age > _OLD_REGISTRY else State.GOOD, say("标准登记", "registry"), seen, help)]


def _calendar() -> list[Look]:
    years = sorted(one.year for one in load_years())
    now = today().year
    seen = f"{years[0]}–{years[-1]}" if years else say("无", "none")
    what = say("工作日历", "calendar of working days")
    if now not in years:
        return [
            Look(
                State.BROKEN,
                what,
                seen,
                say(
                    f"没有 {now} 年的放假安排，涉及工作日的规则无法判定",
                    f"{now} is wanting: rules that count working days stay undetermined",
                ),
            )
        ]
    if today().month == 12 and now + 1 not in years:
        return [Look(State.WANTING, what, seen, say(f"还没有 {now + 1} 年的放假安排", f"{now + 1} is not there yet"))]
    return [Look(State.GOOD, what, seen)]


def _encoding() -> list[Look]:
    out = (sys.stdout.encoding or "").lower().replace("-", "")
    seen = " · ".join(
        (
            f"stdout {sys.stdout.encoding}",
            f"{say('区域', 'locale')} {locale.getpreferredencoding(False)}",
            f"{say('语言', 'tongue')} {TONGUE.value}",
        )
    )
    help = say(
        "报告总是以 UTF-8 写出；终端显示乱码时，设 PYTHONUTF8=1 或用 -o 写入文件",
        "reports are always UTF-8; where a terminal shows nonsense, set PYTHONUTF8=1 or write to a file with -o",
    )
    return [Look(State.GOOD if out == "utf8" else State.WANTING, say("文字编码", "encoding"), seen, help)]


def _reader() -> list[Look]:
    here = is_built()
    help = say(
        "不影响结果，只是大文件慢一些；装好 C 编译器和 Python 头文件后重新安装 guiju 即可",
        "findings are the same, large files take longer: install guiju again where there is a C compiler and Python's headers",
    )
    what = say("C 语言的快读部件", "quick reader in C")
    return [Look(State.GOOD if here else State.WANTING, what, say("装入了", "loaded") if here else say("没有编译", "not built"), help)]


def _cache() -> list[Look]:
    what = say("缓存", "cache")
    base = os.environ.get("GUIJU_CACHE")
    if base == "":
        return [
            Look(
                State.WANTING,
                what,
                say("已关闭（GUIJU_CACHE 为空）", "off (GUIJU_CACHE is empty)"),
                say("每次都要重新编译规则", "the rules are compiled anew each time"),
            )
        ]
    folder = Path(base) if base else Path(os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", ""), ".cache")) / "guiju"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return [Look(State.GOOD, what, str(folder))]
    except OSError as error:
        return [
            Look(
                State.WANTING,
                what,
                f"{folder}: {error.strerror}",
                say("写不了缓存，每次都要重新编译规则", "it cannot be written: the rules are compiled anew each time"),
            )
        ]


def _extras() -> list[Look]:
    compiled = read_rules([shipped_rules()], memo_of(dict(os.environ)))
    vocabulary = compiled.ruleset.vocabulary if compiled.ruleset is not None else Vocabulary(shapes=(), codes=())
    return [_extra(one, vocabulary) for one in EXTRAS]


def _extra(one: Extra, vocabulary: Vocabulary) -> Look:
    what = f"{one.name} · {one.use.say(TONGUE)}"
    try:
        return Look(State.GOOD, what, one.trial(vocabulary))
    except ImportError:
        return Look(State.WANTING, what, say("未安装", "not installed"), f'pip install "guiju[{one.name}]"')
    # Whatever a library of others says when it is tried is what is asked here.
    except Exception as error:
        words = str(error).strip().splitlines() or [type(error).__name__]
        return Look(State.WANTING, what, say("装了，但试用不成：", "here, but did not work when tried: ") + words[0])


_EXAMINATIONS: tuple[Callable[[], list[Look]], ...] = (_versions, _rules, _registry, _calendar, _encoding, _reader, _cache, _extras)
