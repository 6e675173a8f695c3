"""What `guiju fmt` does: each file in its canonical layout, written back in one step; what cannot be read stays as it is.

0 laid out, or nothing to do · 1 `--check` or `--diff` found something to change · 2 a file could not be read or written.
"""

from pathlib import Path

from guiju.author.layout import UnstableLayout, difference, laid_out
from guiju.commands.shared.rule_texts import RuleText, read_texts, write_in_place
from guiju.commands.terminal.terminal import eprint, print_diagnostics, put
from guiju.commands.terminal.tongue import say
from guiju.terms.tongue import counted

__all__ = ["run_fmt"]


def run_fmt(paths: list[Path], *, check: bool, diff: bool, color: bool | None) -> int:
    """The exit code, after everything has been written."""
    texts, whole = read_texts(paths, color=color)
    changed = 0
    for one in texts:
        text = _text_of(one, color)
        if text is None:
            whole = False
            continue
        is_other = text.encode("utf-8") != one.data
        changed += is_other
        if diff:
            put(difference(one.source.text, text, one.source.name), None)
        elif check:
            if is_other:
                eprint(say(f"未排好：{one.source.name}", f"would change: {one.source.name}"))
        elif one.path is None:
            put(text, None)
        elif is_other:
            whole = write_in_place(one.path, text) and whole
    if texts and any(one.path is not None for one in texts):
        eprint(_summary(len(texts), changed, is_dry=check or diff))
    return 2 if not whole else 1 if changed and (check or diff) else 0


def _text_of(one: RuleText, color: bool | None) -> str | None:
    try:
        text, found = laid_out(one.source)
    except UnstableLayout:
        eprint(
            say(
                f"{one.source.name}：排版前后不一致，没有改动；这是规矩的缺陷，请告诉我们",
                f"{one.source.name}: the layout does not read back; left as it is. This is a bug of guiju",
            )
        )
        return None
    if text is None:
        print_diagnostics(found, {one.source.name: one.source}, color=color)
    return text


def _summary(files: int, changed: int, *, is_dry: bool) -> str:
    if not changed:
        return say(f"{files} 个文件都已排好。", f"{counted(files, 'file')}, all laid out.")
    if is_dry:
        return say(f"{files} 个文件，{changed} 个要改。", f"{counted(files, 'file')}, {changed} would change.")
    return say(f"{files} 个文件，改了 {changed} 个。", f"{counted(files, 'file')}, {changed} changed.")
