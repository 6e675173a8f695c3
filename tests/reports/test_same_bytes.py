"""The same input, rules and day give the same bytes: every form, letter and pack, made again under real locales, elsewhere.

The locales are compiled for the test into a folder of its own, so that they are there whatever the machine speaks; that each is
really in force is asked of the C library before anything is compared.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from guiju.reports.formats import FORMATS

ROOT = Path(__file__).resolve().parents[2]
INPUT = ROOT / "examples" / "catalog" / "faulty.xlsx"
WAIVERS = """\
豁免:
  - 编号: "2026-01"
    规则: PIPL.28.1.sensitive_items_are_labelled
    批准岗位: 分管领导
    文号: 某函〔2026〕3号
    理由: 系统改造期间
    止日: "2026-12-31"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Surroundings that must not matter."""

    locale: str
    charset: str
    zone: str
    seed: str
    folder: str

    @property
    def name(self) -> str:
        return f"{self.locale}.{self.charset}"


_PLACES = (
    Elsewhere(locale="zh_CN", charset="UTF-8", zone="Asia/Shanghai", seed="1", folder="中文 目录"),
    Elsewhere(locale="zh_CN", charset="GB18030", zone="Pacific/Kiritimati", seed="2", folder="b"),
    Elsewhere(locale="en_US", charset="UTF-8", zone="America/Los_Angeles", seed="7", folder="deep/er/still"),
    Elsewhere(locale="tr_TR", charset="UTF-8", zone="Asia/Kathmandu", seed="4242", folder="İıI"),
)
_WISHES = {"docx": "docx", "pdf": "typst"}


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of compiled locales."""
    if shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/tr_TR").exists():
        pytest.skip("no sources of locales here: as root, make setup-system")
    folder = tmp_path_factory.mktemp("locales")
    for one in _PLACES:
        words = ["localedef", "--no-archive", "-i", one.locale, "-f", one.charset, str(folder / one.name)]
        subprocess.run(words, capture_output=True, timeout=120, check=True)
    return folder


def _forms() -> list[str]:
    return [form for form in ("text", *FORMATS) if form not in _WISHES or _is_here(_WISHES[form])]


def _is_here(package: str) -> bool:
    try:
        __import__(package)
    except ImportError:
        return False
    return True


def _all_of_it(folder: Path, charset: str, **environ: str) -> dict[str, bytes]:
    """Everything that is made of the example there: by form, letter and pack, and what stdout said."""
    folder.mkdir(parents=True)
    shutil.copy(INPUT, folder / "catalog.xlsx")
    (folder / "waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    surroundings = {**kept, "GUIJU_CACHE": str(folder.parent / "cache"), "GUIJU_LANG": "zh", **environ}

    def guiju(*words: str) -> bytes:
        command = [sys.executable, "-m", "guiju", *words, "--as-of", "2026-03-20"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, env=surroundings, check=False)
        assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")[-2000:]
        return done.stdout

    said = guiju(
        "check", "catalog.xlsx", "--waivers", "waivers.yaml", "--statistics", *(f"--output.{form}=out.{form}" for form in _forms())
    )
    if _is_here("docx"):
        guiju("notice", "catalog.xlsx", "-o", "letters")
        guiju("summary", "catalog.xlsx", "-o", "page.docx")
    guiju("evidence", "pack", "catalog.xlsx", "-o", "pack.zip", "--with-inputs", "--waivers", "waivers.yaml")
    # The name of a department in the name of a file is spelled as the machine spells names.
    names = {os.fsencode(one.relative_to(folder)).decode(charset): one for one in sorted(folder.rglob("*")) if one.is_file()}
    made = {name: one.read_bytes() for name, one in names.items()}
    return {**made, "stdout": said}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is made under the locale C."""
    return _all_of_it(tmp_path_factory.mktemp("here") / "a", "utf-8", LC_ALL="C", TZ="UTC", PYTHONHASHSEED="0")


@pytest.mark.parametrize("place", _PLACES, ids=[one.name for one in _PLACES])
def test_the_same_bytes_are_made_elsewhere(place: Elsewhere, locales: Path, here: dict[str, bytes], tmp_path: Path) -> None:
    environ = {"LC_ALL": place.name, "LOCPATH": str(locales), "TZ": place.zone, "PYTHONHASHSEED": place.seed}
    asked = "import locale; print(locale.setlocale(locale.LC_ALL, ''), locale.nl_langinfo(locale.CODESET))"
    told = subprocess.run([sys.executable, "-c", asked], env={**os.environ, **environ}, capture_output=True, text=True, check=True)
    assert told.stdout.split() == [place.name, place.charset]
    there = _all_of_it(tmp_path / place.folder, place.charset, **environ)
    assert sorted(here) == sorted(there)
    assert [name for name in here if here[name] != there[name]] == []


def test_everything_that_was_asked_for_was_compared(here: dict[str, bytes]) -> None:
    assert {f"out.{form}" for form in _forms()} | {"stdout", "pack.zip"} <= set(here)
    assert all(here.values())
