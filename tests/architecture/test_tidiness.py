"""The style guide where a machine can read it: sizes, dataclasses, `__all__`, purity, and words that the glossary forbids."""

import ast
import re
from collections import Counter
from pathlib import Path

from tests.architecture.reading import ROOT, check_against_baseline, imports, module_name, modules, say, tree

_MODULE_LINES = 400
_FUNCTION_LINES = 50
_SENTENCE = 150


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {say(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    check_against_baseline("long-module", {name: f"{length} lines" for name, length in lengths.items() if length > _MODULE_LINES})


def test_no_function_is_longer_than_fifty_lines() -> None:
    breaches: dict[str, str] = {}
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > _FUNCTION_LINES:
                    breaches[f"{say(path)} {node.name}"] = f"{length} lines"
    check_against_baseline("long-function", breaches)


def _dataclass_words(node: ast.ClassDef) -> dict[str, bool] | None:
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = call.func if call is not None else decorator
        if ast.unparse(name) in ("dataclass", "fast_dataclass", "dataclasses.dataclass"):
            words = call.keywords if call is not None else []
            return {str(word.arg): getattr(word.value, "value", None) is True for word in words}
    return None


def test_every_dataclass_is_frozen_and_slotted() -> None:
    breaches: dict[str, str] = {}
    for path in modules():
        for node in ast.walk(tree(path)):
            words = _dataclass_words(node) if isinstance(node, ast.ClassDef) else None
            if isinstance(node, ast.ClassDef) and words is not None and not (words.get("frozen") and words.get("slots")):
                breaches[f"{say(path)} {node.name}"] = f"line {node.lineno}"
    check_against_baseline("loose-dataclass", breaches)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def test_an_init_file_is_one_docstring() -> None:
    breaches: dict[str, str] = {}
    for path in modules():
        if path.name != "__init__.py" or module_name(path) == "guiju":
            continue
        body = tree(path).body
        if len(body) != 1 or not _is_docstring(body[0]):
            breaches[say(path)] = f"{len(body)} statements"
    check_against_baseline("init-holds-more", breaches)


def test_every_module_has_a_docstring() -> None:
    assert [say(path) for path in modules() if not ast.get_docstring(tree(path))] == []


_FOLDER_FILES = 16


def test_no_folder_holds_more_than_about_fifteen_modules() -> None:
    counts = Counter(path.parent for path in modules() if path.name != "__init__.py")
    assert {say(folder): count for folder, count in counts.items() if count > _FOLDER_FILES} == {}


def test_a_docstring_of_a_module_opens_with_one_short_sentence() -> None:
    odd = []
    for path in modules():
        opening = " ".join((ast.get_docstring(tree(path)) or "").split("\n\n")[0].split())
        sentence = re.split(r"(?<=[.?])\s", opening)[0]
        if not sentence.endswith((".", "?")) or len(sentence) > _SENTENCE:
            odd.append(f"{say(path)}: {sentence}")
    assert odd == []


def test_every_module_says_what_it_offers() -> None:
    breaches: dict[str, str] = {}
    for path in modules():
        if path.name == "__init__.py" and module_name(path) != "guiju":
            continue
        names = {
            target.id
            for node in tree(path).body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        if "__all__" not in names:
            breaches[say(path)] = "no __all__"
    check_against_baseline("no-all", breaches)


# Folders and files that take text and values in and give text and values out.
_PURE = (
    "guiju.diagnostics", "guiju.terms", "guiju.dsl", "guiju.validators.plan", "guiju.validators.explain", "guiju.validators.findings",
    "guiju.validators.engines.interpreter", "guiju.validators.engines.compiled", "guiju.reports", "guiju.catalog.mapping",
    "guiju.catalog.records.model", "guiju.catalog.tables", "guiju.catalog.trees",
)  # fmt: skip
# The one file of a pure folder that may look around, and for what.
_OPENINGS = {"guiju.reports.layout.page_text": "templates that are shipped beside the writers, and the folders of fonts in GUIJU_FONTS"}
_WORLDLY = {
    "socket",
    "urllib.request",
    "http.client",
    "requests",
    "httpx",
    "subprocess",
    "threading",
    "locale",
    "random",
    "tempfile",
    "time",
}
_WORLDLY_CALLS = re.compile(
    r"^(open|input|print|os\.(environ|getenv|getcwd|listdir|open)\b.*"
    r"|(datetime\.)?(datetime|date)\.(now|today|utcnow)|time\.\w+|Path\.(cwd|home)"
    r"|.*\.(read_text|read_bytes|write_text|write_bytes))$"
)


def _calls(path: Path) -> list[tuple[str, int]]:
    return [(ast.unparse(node.func), node.lineno) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def test_every_pure_folder_is_there() -> None:
    names = {module_name(path) for path in modules()}
    assert [pure for pure in (*_PURE, *_OPENINGS) if pure not in names] == []


def test_no_clock_file_or_socket_in_the_pure_folders() -> None:
    breaches: dict[str, str] = {}
    for path in modules():
        name = module_name(path)
        if name in _OPENINGS or not any(name == pure or name.startswith(pure + ".") for pure in _PURE):
            continue
        for module, line in imports(path):
            if module in _WORLDLY:
                breaches[f"{say(path)} {module}"] = f"imported on line {line}"
        for call, line in _calls(path):
            if _WORLDLY_CALLS.match(call):
                breaches[f"{say(path)} {call.split('.')[-1]}"] = f"called on line {line}"
    check_against_baseline("impure", breaches)


# Words that name one of our nouns wrongly, or name nothing at all.
_FORBIDDEN = re.compile(
    r"(?:^|_)(?:util|utils|helper|helpers|manager|handler|misc|whitelist|blacklist|"
    r"nan|optimization|subclause)(?:_|$)"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _identifiers(path: Path) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = [(path.stem, 1), (path.parent.name, 1)]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append((node.name, node.lineno))
        elif isinstance(node, ast.arg):
            found.append((node.arg, node.lineno))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append((node.id, node.lineno))
    return found


def test_no_identifier_uses_a_word_that_the_glossary_forbids() -> None:
    breaches: dict[str, str] = {}
    for path in modules():
        for name, line in _identifiers(path):
            if _FORBIDDEN.search(_CAMEL.sub("_", name).lower()):
                breaches[f"{say(path)} {name}"] = f"line {line}"
    check_against_baseline("word", breaches)


def test_every_line_of_the_baseline_is_of_a_known_kind() -> None:
    known = {"long-module", "long-function", "loose-dataclass", "no-all", "init-holds-more", "impure", "word", "no-page", "stray-import"}
    lines = [line.split("#", 1)[0].strip() for line in (ROOT / "tests/architecture/baseline.txt").read_text(encoding="utf-8").splitlines()]
    assert {line.split(":", 1)[0].strip() for line in lines if line} <= known
