"""Imports go down the floors: the contracts of `.importlinter`, and those truths about imports that it cannot say."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT, check_against_baseline, imports, module_name, modules, say
from tests.tools.map_of_rooms import rooms

_CONFIG = ROOT / ".importlinter"


def _contracts() -> dict[str, dict[str, str]]:
    parser = configparser.ConfigParser()
    parser.read(_CONFIG, encoding="utf-8")
    prefix = "importlinter:contract:"
    return {name.removeprefix(prefix): dict(parser[name]) for name in parser.sections() if name.startswith(prefix)}


@pytest.mark.parametrize("contract", sorted(_contracts()))
def test_the_contract_is_kept(contract: str) -> None:
    beside = Path(sys.executable).with_name("lint-imports")
    program = str(beside) if beside.exists() else shutil.which("lint-imports")
    if program is None:
        pytest.skip("import-linter is not installed; `make setup` installs it")
    done = subprocess.run(
        [program, "--config", str(_CONFIG), "--contract", contract, "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_no_module_reaches_itself_by_imports_of_any_kind() -> None:
    assert rooms(ROOT)[-1].circles == ()


def test_every_folder_of_python_files_is_a_package() -> None:
    bare = {say(path.parent) for path in modules() if not (path.parent / "__init__.py").exists()}
    assert not bare, f"without __init__.py the contracts do not see: {sorted(bare)}"


# Which modules import each third-party library. A name ending in a full stop means every module below it.
_IMPORTERS: dict[str, tuple[str, ...]] = {
    "yaml": ("guiju.diagnostics.located_yaml",),
    "lark": ("guiju.author.grammar.",),
    "railroad": ("guiju.author.grammar.to_railroad",),
    "pygls": ("guiju.language_server.",),
    "lsprotocol": ("guiju.language_server.",),
    "openpyxl": ("guiju.catalog.", "guiju.reports.", "guiju.forms."),
    "python_calamine": ("guiju.catalog.",),
    "olefile": ("guiju.catalog.office.xls_records",),
    "xlsxwriter": ("guiju.reports.", "guiju.catalog.", "guiju.forms."),
    "pyoxigraph": ("guiju.catalog.", "guiju.reports."),
    "docx": ("guiju.catalog.", "guiju.forms.", "guiju.reports."),
    "pdfplumber": ("guiju.catalog.", "guiju.forms."),
    "pikepdf": ("guiju.forms.",),
    "typst": ("guiju.reports.",),
    "jinja2": ("guiju.reports.", "guiju.service.web.render"),
    "starlette": ("guiju.service.",),
    "uvicorn": ("guiju.service.serve",),
    "multipart": (),
    "argon2": ("guiju.service.",),
    "duckdb": ("guiju.validators.engines.joins.spill", "guiju.store."),
    "pyspark": ("guiju.validators.streaming.run_spark",),
    "pyarrow": ("guiju.catalog.streams.from_parquet", "guiju.validators.engines.joins.spill", "guiju.validators.streaming.run_spark"),
    "z3": ("guiju.proofs.", "guiju.commands.publisher.run_prove"),
    "sqlalchemy": ("guiju.store.", "guiju.catalog."),
    "psycopg": ("guiju.store.", "guiju.catalog."),
    "typer": ("guiju.cli", "guiju.commands."),
    "rich": ("guiju.cli", "guiju.commands."),
    "cryptography": ("guiju.store.", "guiju.reports.", "guiju.evidence.signers", "guiju.release.repository"),
    "tuf": ("guiju.release.repository",),
    "securesystemslib": ("guiju.release.repository",),
    "jsonschema": ("guiju.standards.", "guiju.reports."),
}


def _may(module: str, importers: tuple[str, ...]) -> bool:
    return any(module.startswith(one) if one.endswith(".") else module == one for one in importers)


def test_each_third_party_library_is_imported_where_it_is_said() -> None:
    breaches: dict[str, str] = {}
    for path in modules():
        for name, line in imports(path):
            importers = _IMPORTERS.get(name.split(".")[0])
            if importers is not None and not _may(module_name(path), importers):
                breaches[f"{say(path)} {name.split('.')[0]}"] = f"line {line}: it may be imported by {importers or 'nobody'}"
    check_against_baseline("stray-import", breaches)


def test_a_relative_import_stands_nowhere() -> None:
    import ast

    from tests.architecture.reading import tree

    relative = [
        f"{say(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not relative


def test_the_package_imports_alone_without_third_party_libraries() -> None:
    libraries = ("lark", "openpyxl", "typer", "yaml", "rich", "xlsxwriter", "python_calamine", "jsonschema", "duckdb", "pyspark")
    code = f"import sys; import guiju; print([name for name in {libraries!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_the_runtime_runs_without_the_reader_of_rule_texts() -> None:
    code = (
        "import sys; import guiju.validators.validate; "
        "print([n for n in sys.modules if n.startswith("
        "('lark', 'guiju.dsl.syntax', 'guiju.dsl.model', 'guiju.dsl.compile'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "[]"


def test_a_check_by_kept_rules_reads_no_rule_text(tmp_path: Path) -> None:
    code = (
        "import sys; from guiju.cli import main; sys.argv = ['guiju', 'check', 'examples/lamp-poles/clean.yaml']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([n for n in sys.modules if n.startswith(('guiju.dsl.syntax', 'guiju.dsl.model', 'guiju.dsl.compile'))], file=sys.stderr)"
    )
    kept = {**os.environ, "GUIJU_CACHE": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    run = [subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, env=kept) for _ in range(2)]
    assert run[1].stderr.strip().splitlines()[-1] == "[]", run[1].stderr[-2000:]
