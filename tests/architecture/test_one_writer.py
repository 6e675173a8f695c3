"""One module writes files and one speaks on stdout, so that what they hold to holds for every command."""

import ast

from tests.architecture.reading import PACKAGE, modules, tree

# Who writes besides: a memo, of which nothing is lost; the empty file of a store; what is made before a release; and
# who opens the nowhere of a stream that is full.
WRITERS = {
    # Makes data of the package out of texts, for those who build it.
    "standards/articles/digest.py",
    # Releases are written by the library that signs them, into a folder of their own.
    "release/repository.py",
    "store/whole_file.py",
    "store/cache.py",
    "store/database.py",
    "standards/pack.py",
    "commands/terminal/terminal.py",
}
# What LibreOffice is to read is laid into a folder of its own, which goes with the reading.
WRITERS |= {"catalog/readers/from_office.py"}
# Files that somebody uploads and what is made of them lie in a folder of that check, which goes with it.
WRITERS |= {"service/checks/folder.py"}
SPEAKERS = {"commands/terminal/terminal.py"}
_WRITES = {"write_text", "write_bytes", "mkstemp"}
_OF_OS = {"open", "replace", "rename", "link"}


def test_files_are_written_by_one_module() -> None:
    found = {name for name, parsed in _trees() if any(map(_writes, _calls(parsed)))}
    assert found == WRITERS


def test_stdout_is_written_to_by_one_module() -> None:
    found = {name for name, parsed in _trees() if any(map(_speaks, _calls(parsed)))}
    assert found == SPEAKERS


def _trees() -> list[tuple[str, ast.AST]]:
    return [(file.relative_to(PACKAGE).as_posix(), tree(file)) for file in modules()]


def _calls(parsed: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(parsed) if isinstance(node, ast.Call)]


def _writes(call: ast.Call) -> bool:
    words = [one.value for one in (*call.args, *(one.value for one in call.keywords)) if isinstance(one, ast.Constant)]
    modes = [word for word in words if isinstance(word, str) and word and set(word) <= set("rwxab+t")]
    match call.func:
        case ast.Attribute(value=ast.Name(id="os"), attr=name):
            return name in _OF_OS
        case ast.Attribute(attr="open") | ast.Name(id="open"):
            return any(set(mode) & set("wxa+") for mode in modes)
        case ast.Attribute(value=value, attr=name):
            return (name in _WRITES and not isinstance(value, ast.Name | ast.Constant)) or name in ("write_bytes", "mkstemp")
    return False


def _speaks(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id="print"):
            return not any(one.arg == "file" for one in call.keywords)
        case ast.Attribute(value=value, attr="write" | "writelines"):
            return "sys.stdout" in ast.unparse(value)
    return False
