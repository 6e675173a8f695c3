"""What these tests read of the repository: its files, their syntax trees, and the baseline of known breaches."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "guiju"
BASELINE = ROOT / "tests" / "architecture" / "baseline.txt"


def modules() -> list[Path]:
    """Every Python file of the package, in a steady order."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def say(path: Path) -> str:
    """A file as the tests name it: relative to the root, with forward strokes."""
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module that a file imports, inside functions too, with the line; `from a import b` counts as `a` and `a.b`."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.append((node.module, node.lineno))
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


@cache
def baseline(kind: str) -> frozenset[str]:
    """The breaches of that kind which are known and listed: lines `kind: what` of baseline.txt."""
    lines = (line.split("#", 1)[0].strip() for line in BASELINE.read_text(encoding="utf-8").splitlines())
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return frozenset(what.strip() for name, what in pairs if name.strip() == kind)


def check_against_baseline(kind: str, breaches: dict[str, str]) -> None:
    """Fails on a breach that the baseline does not list, and on a listed one that is no breach any more."""
    listed = baseline(kind)
    fresh = [f"{what} — {why}" for what, why in sorted(breaches.items()) if what not in listed]
    paid = sorted(listed - set(breaches))
    assert not fresh, f"{kind}: " + "; ".join(fresh)
    assert not paid, f"breaches of kind {kind} that are gone; take them out of {say(BASELINE)}: {', '.join(paid)}"
