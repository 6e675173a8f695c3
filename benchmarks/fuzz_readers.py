"""Mutates valid files of every door and reads them: nothing may be raised, take more than 5 s of a processor, or 500 MB.

Run `python benchmarks/fuzz_readers.py --seconds 60 [--door xlsx] [--seed 1] [--keep FOLDER] [--more FILE…]`; it ends with 1 where something does not
hold, and keeps the guilty file. Files are read in a process of their own, so that a crash of a library is seen too.
"""

import argparse
import io
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from guiju.catalog.read import read  # noqa: E402
from guiju.catalog.records.limits import USUAL  # noqa: E402
from guiju.catalog.records.model import Submission  # noqa: E402
from guiju.terms.shape import Vocabulary  # noqa: E402
from guiju.terms.tongue import Tongue  # noqa: E402
from tests.readers.samples import CATALOG, FORMS, PROJECT  # noqa: E402

SECONDS = 5.0
MEGABYTES = 500
_LIMITS = replace(USUAL, seconds=60.0)
_ZIPPED = ("xlsx", "ods", "docx")
_TABLES = ("yaml", "json", "ndjson", "csv", "xlsx", "ods", "docx", "sqlite")
_SCRAPS: tuple[bytes, ...] = (
    *(bytes((byte,)) for byte in b"\x00\x01\x7f\xff\xfe\t\r\n \"'<>&;:,{}[]()=-#*?!@/\\|%0A"),
    "，：“”　①𠮷\ufeff\u202e\u0301".encode(), "名称".encode("gb18030"), b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff\xfe\x00\x00",
    b"\\ud800", b"\\u0000", b"&#0;", b"&a;", b"<!DOCTYPE x [<!ENTITY a \"b\">]>", b"<![CDATA[", b"]]>", b"<!--",
    b"null", b"true", b"NaN", b"Infinity", b"1e999999999", b"-0", b"9" * 500, b"0x10", b"1900-02-30", b"[" * 300, b"{\"a\":" * 100, b"- " * 200,
    b"&a [*a]", b"!!python/object:os.system x", b"<<: *a", b"---\n", b"? ", b"|\n", b"\"\"\"", b"r=\"XFD1048576\"", b"r=\"A0\"", b"t=\"e\"", b"t=\"s\"><v>99999999</v>",
    b"number-columns-repeated=\"99999999\"", b"number-rows-repeated=\"1048576\"", b"<w:gridSpan w:val=\"99999999\"/>", b"<w:vMerge/>", b"<w:gridBefore w:val=\"500\"/>", b"<w:tbl>", b"</w:tc>",
    b"@prefix", b"<http://[>", b"_:b0", b"\"@id\"", b"\"@context\"", b"\"extras\": 3", b"\"resources\": [[[]]]", b"\"schema\": {\"fields\": 5}",
)  # fmt: skip


def seed_files() -> dict[str, list[bytes]]:
    """Valid files by the name of their door."""
    made = {form: [make(CATALOG, "数据集")] for form, (_, make) in FORMS.items()}
    for form in _TABLES:
        made[form].append(FORMS[form][1](PROJECT, "数据集" if form == "sqlite" else "项目方案"))
    return made


def mutate(rng: random.Random, door: str, data: bytes) -> bytes:
    """A few changes at random places; of a zipped file mostly inside one of its parts."""
    if (door in _ZIPPED or data.startswith(b"PK")) and rng.random() < 0.8:
        return _rezip(rng, data)
    return _change(rng, data)


def _change(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice((0, 1, 1, 2, 8, 64, 1000)))
        match rng.randrange(6):
            case 0:
                data = data[:at] + data[to:]
            case 1:
                data = data[:at] + rng.choice(_SCRAPS) + data[at:]
            case 2:
                data = data[:at] + rng.choice(_SCRAPS) + data[to:]
            case 3:
                data = data[:at] + data[at:to] * rng.choice((2, 3, 50)) + data[to:]
            case 4:
                data = data[:at] + bytes(rng.randrange(256) for _ in range(to - at)) + data[to:]
            case _:
                other = rng.randrange(len(data) + 1)
                data = data[:at] + data[other : other + (to - at)] + data[at:]
    return data[: rng.randrange(len(data) + 1)] if rng.random() < 0.03 else data


def _rezip(rng: random.Random, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    telling = [name for name in parts if name.startswith(("xl/worksheets", "xl/shared", "xl/workbook", "word/document", "content"))]
    name = rng.choice(telling if telling and rng.random() < 0.8 else list(parts))
    match rng.randrange(8):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case _:
            parts[name] = _change(rng, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return out.getvalue()


def _name(door: str) -> str:
    return FORMS[door][0] if door in FORMS else f"a.{door}"


def probe(folder: Path, door: str, data: bytes, vocabulary: Vocabulary) -> Submission:
    """Reads the bytes through the door, and asks for every sentence and every place; raises what is not to be raised."""
    file = folder / _name(door)
    file.write_bytes(data)
    got = read([f"sqlite:{file}?table=数据集" if door == "sqlite" else file], vocabulary, limits=_LIMITS)
    sources = {one.name: one for one in got.sources}
    for told in got.diagnostics:
        assert told.headline(Tongue.ZH) and told.headline(Tongue.EN)
        if told.span.file in sources:
            source = sources[told.span.file]
            assert 0 <= told.span.start <= told.span.end <= len(source.text), told
            source.line_column(told.span.start)
    for record in got.records[:200]:
        for field, value in record.value.items():
            record.locator.place((field,))
            if isinstance(value, list) and value:
                record.locator.place((field, 0))
    assert got.records or got.diagnostics, "nothing was read and nothing said"
    return got


def _work(orders: Connection, folder: Path, rules: Path) -> None:
    """Reads what it is told to, until it is told None."""
    from guiju.pipeline import memo_of, read_rules

    compiled = read_rules([rules], memo_of({"GUIJU_CACHE": ""}))
    assert compiled.ruleset is not None, "the vocabulary does not compile"
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    orders.send("")
    base = _peak()
    while (order := orders.recv()) is not None:
        door, data = order
        said = ""
        # Of the processor, not of the clock: on a busy machine all takes long.
        started = time.process_time()
        try:
            probe(folder, door, data, compiled.ruleset.vocabulary)
        except BaseException as error:  # whatever is raised is what we look for
            last = error.__traceback__
            while last is not None and last.tb_next is not None:
                last = last.tb_next
            where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last is not None else ""
            said = f"raised {type(error).__name__}: {str(error)[:200]} at {where}"
        took = time.process_time() - started
        if not said and took > SECONDS:
            said = f"took {took:.1f} s"
        if not said and _peak() - base > MEGABYTES:
            said = f"took {_peak() - base:.0f} MB"
        base = max(base, _peak())
        orders.send(said)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Reader:
    """A process that reads; started anew after it died or hung."""

    def __init__(self, folder: Path, rules: Path) -> None:
        self._folder, self._rules = folder, rules
        self._start()

    def _start(self) -> None:
        self._here, there = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(target=_work, args=(there, self._folder, self._rules), daemon=True)
        self._process.start()
        there.close()
        self._here.recv()

    def read(self, door: str, data: bytes) -> str:
        """What is wrong with how these bytes are read; empty for nothing."""
        self._here.send((door, data))
        try:
            if self._here.poll(SECONDS * 12):
                return str(self._here.recv())
            said = f"hung for more than {SECONDS * 12:g} s"
        except EOFError:
            said = "the process died"
        self._process.kill()
        self._process.join()
        self._start()
        return said

    def end(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()


def main() -> int:
    """Fuzz for the seconds asked for, one door after another by turns."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--door", choices=sorted(FORMS), action="append")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=Path, help="where guilty files go (default: a new folder)")
    arguments.add_argument("--more", type=Path, nargs="*", default=[], help="further valid files to change, each at the door of its suffix")
    arguments.add_argument(
        "--vocabulary", type=Path, default=ROOT / "guiju/rules/vocabulary", help="the rule files whose shapes are read into"
    )
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    files = seed_files()
    for file in options.more:
        # A suffix that no sample has (.xls, .mht) is a door of its own, which only these files go through.
        files.setdefault(file.suffix.lstrip("."), []).append(file.read_bytes())
    doors = options.door or list(files)
    counts = dict.fromkeys(doors, 0)
    faults: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as work:
        reader = Reader(Path(work), options.vocabulary)
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            door = doors[sum(counts.values()) % len(doors)]
            data = mutate(rng, door, rng.choice(files[door]))
            counts[door] += 1
            said = reader.read(door, data)
            if said and (key := f"{door}: {said}") not in faults:
                keep = options.keep or Path(tempfile.mkdtemp(prefix="guiju-fuzz-"))
                keep.mkdir(parents=True, exist_ok=True)
                kept = keep / f"{len(faults)}-{_name(door)}"
                kept.write_bytes(data)
                faults[key] = str(kept)
                print(f"{key}  → {kept}", flush=True)
        reader.end()
    print(", ".join(f"{door} {count}" for door, count in counts.items()))
    print(f"{sum(counts.values())} files, {len(faults)} kinds of fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
