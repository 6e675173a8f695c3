"""What `guiju translate` does: one file, in the other tongue, to stdout or to a file; never over its own text.

0 translated · 1 it could not be translated without loss · 2 the file has errors, or could not be read or written.
"""

from pathlib import Path

from guiju.author.translate import translate
from guiju.commands.shared.rule_texts import read_texts
from guiju.commands.shared.vocabulary_files import context_of
from guiju.commands.terminal.terminal import eprint, print_diagnostics, put
from guiju.commands.terminal.tongue import say
from guiju.standards.load import load_registry
from guiju.terms.tongue import Tongue

__all__ = ["run_translate"]


def run_translate(
    file: Path, to: str, *, output: Path | None, rules: tuple[Path, ...], add_rules: tuple[Path, ...], color: bool | None
) -> int:
    """The exit code, after everything has been written."""
    texts, whole = read_texts([file], color=color)
    if not whole or len(texts) != 1:
        if len(texts) > 1:
            eprint(say("一次只译一个文件。", "One file at a time."))
        return 2
    sources = tuple(one.source for one in texts)
    try:
        others = context_of(texts, rules, add_rules)
    except OSError as error:
        eprint(say(f"规则文件打不开：{error.filename}", f"cannot open the rule file {error.filename}") + f" ({error.strerror})")
        return 2
    made = translate(sources, others, load_registry(), Tongue(to))
    if made.diagnostics:
        print_diagnostics(made.diagnostics, {one.name: one for one in (*others, *sources)}, color=color)
        return 2
    if made.changed:
        eprint(
            say(
                "译文不能原样读回，没有写出：可能有名称在另一种语言里与别的名称相同。",
                "The translation would not read back, so it is not written: a name may mean something else in the other tongue.",
            )
        )
        return 1
    if made.mixed:
        eprint(say("原文混用两种语言；译回来全是一种语言。", "The file mixes both tongues; translated back, it will be in one."))
    put(made.texts[0], output)
    return 0
