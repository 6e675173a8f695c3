"""The language server beside all shipped rules: from a change in one file to what is wrong, and to a completion."""

from stopwatch import measure

from guiju.author.grammar.published import grammar
from guiju.diagnostics.source import Source
from guiju.language_server.completion import complete
from guiju.language_server.hover import hover
from guiju.language_server.to_protocol import diagnostics_of
from guiju.language_server.workspace import RuleWorkspace
from guiju.pipeline import rule_files, shipped_rules
from guiju.standards.load import load_registry

_FILE = "/rules/mine.gj"
_TEXT = "规则 样例 / sample\n  依据     政府投资条例 第九条\n  对象     项目方案\n  应当     总投资 ≥ {n} 万元 且 项目类型 是 智慧灯杆\n  整改     写明。\n"


def main() -> None:
    """Prints one line for each question."""
    root = shipped_rules()
    shipped = tuple(Source(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in rule_files([root]))
    workspace = RuleWorkspace(load_registry(), shipped)
    workspace.put(_FILE, _TEXT.format(n=1))
    workspace.snapshot()
    grammar()
    print(f"{len(shipped)} files")
    counter = iter(range(2, 1_000_000))

    def change() -> None:
        workspace.put(_FILE, _TEXT.format(n=next(counter)))

    def wrong() -> None:
        change()
        diagnostics_of(workspace.snapshot(), _FILE)

    def completion() -> None:
        change()
        complete(workspace.while_typing(_FILE), _FILE, _TEXT.index("智慧灯杆"))

    measure("a change → what is wrong in the file", wrong, rounds=9)
    measure("a change → completion", completion, rounds=9)
    workspace.snapshot()
    measure("hover on a field", lambda: hover(workspace.snapshot(), _FILE, _TEXT.index("总投资") + 1), rounds=5)


if __name__ == "__main__":
    main()
