"""Names of modules in strings stand in three tables (commands, readers, report formats), and every entry resolves."""

import ast

import pytest

from guiju.catalog.formats import READERS, REMOTE
from guiju.cli import COMMANDS
from guiju.reports.formats import FORMATS
from tests.architecture.reading import PACKAGE, ROOT, modules, say, tree

_ENTRIES = (
    *(("command", name, module, name.replace("-", "_")) for name, (module, _) in COMMANDS.items()),
    *(("reader", name, one.module, one.function) for name, one in (*READERS.items(), *REMOTE.items())),
    *(("format", name, one.module, one.function) for name, one in FORMATS.items()),
)

# The three tables; the public names of the package, which have a test of their own; and the part in C, which may be absent.
_MAY = {
    "guiju/cli.py",
    "guiju/catalog/read.py",
    "guiju/reports/formats.py",
    "guiju/__init__.py",
    "guiju/validators/streaming/decode/typed_lines.py",
}


@pytest.mark.parametrize("kind, name, module, function", _ENTRIES, ids=[f"{kind} {name}" for kind, name, _, _ in _ENTRIES])
def test_an_entry_names_a_function_that_is_defined(kind: str, name: str, module: str, function: str) -> None:
    # Read and not imported: some readers and writers need packages that may be absent.
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    assert path.is_relative_to(PACKAGE) and path.is_file(), f"{kind} {name}: there is no {module}"
    defined = {node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)}
    assert function in defined, f"{kind} {name}: {module} has no {function}"


def test_no_module_of_ours_is_named_in_a_string_elsewhere() -> None:
    found = [
        f"{say(path)}:{node.lineno}"
        for path in modules()
        if say(path) not in _MAY
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("import_module")
        and isinstance(node.args[0], ast.Constant)
        and str(node.args[0].value).startswith("guiju")
    ]
    assert found == []
