"""What `guiju doctor` tries of the extras: each is made to do, by its own door, a little of what it is for.

A trial returns what was seen; ImportError says that the extra is not here, any other error that it is here and does not work.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from guiju.commands.terminal.tongue import TONGUE, say
from guiju.reports.layout.letters.letter import Letter, Paragraph
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.shape import Vocabulary
from guiju.terms.tongue import Both

__all__ = ["EXTRAS", "Extra", "NotWorking"]

_LEAST_JAVA = 17
_DCAT = b'<urn:one> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "one" .'


class NotWorking(Exception):
    """What is wrong with an extra that is here."""


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An extra of the package, what it is for, and the trial of it."""

    name: str
    use: Both
    trial: Callable[[Vocabulary], str]


def _word(_: Vocabulary) -> str:
    from guiju.reports.writers.to_docx import letter_to_docx

    data: bytes = letter_to_docx(_letter(), datetime(2026, 1, 1))
    import guiju.catalog.readers.from_word  # noqa: F401  -- that it loads is what is tried

    return say(f"写出了一封信（{len(data)} 字节）", f"wrote a letter of {len(data)} bytes")


def _pdf(_: Vocabulary) -> str:
    from guiju.reports.writers import to_pdf as door

    if not door.chinese_fonts()[0]:
        raise NotWorking(say("没有中文字体", "there is no Chinese font"))
    data: bytes = door.letter_to_pdf(_letter(), (2026, 1, 1))
    font = door.chinese_fonts()[0][0]
    return say(f"用 {font} 写出了一页（{len(data)} 字节）", f"wrote a page of {len(data)} bytes in {font}")


def _letter() -> Letter:
    body = (Paragraph("武汉"),)
    return Letter(tongue=TONGUE, title="规矩", addressee="", notice="", body=body, attachments=(), day="", footer="")


def _rdf(vocabulary: Vocabulary) -> str:
    import guiju.catalog.readers.from_dcat  # noqa: F401  -- that it loads is what is tried
    from guiju.catalog.read import read

    submission = read(["-"], vocabulary, stdin=_DCAT, stdin_name="one.ttl")
    if len(submission.records) != 1:
        raise NotWorking(say("读不出一条 DCAT 记录", "it does not read one record of DCAT"))
    return say("读出了一条 DCAT 记录", "read a record of DCAT")


def _big(_: Vocabulary) -> str:
    import guiju.catalog.streams.from_parquet  # noqa: F401  -- that it loads is what is tried
    from guiju.validators.engines.joins import spill as spilled

    try:
        disk = spilled.SpillFile()
    except spilled.NoSpillFile as error:
        raise ImportError(str(error)) from None
    disk.add_values(0, [("one", 0)])
    disk.close()
    return say("把一个键放到了磁盘上", "put a key on a disk")


def _spark(_: Vocabulary) -> str:
    spark = import_module("pyspark")
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None:
        raise NotWorking(say(f"没有 Java {_LEAST_JAVA}", f"there is no Java {_LEAST_JAVA}"))
    told = subprocess.run([java, "-version"], capture_output=True, timeout=60, check=True).stderr.decode("utf-8", "replace")
    version = re.search(r'"([0-9]+)[^"]*"', told)
    if version is None or int(version[1]) < _LEAST_JAVA:
        raise NotWorking(say(f"Java 版本太旧：{told.splitlines()[0]}", f"this Java is too old: {told.splitlines()[0]}"))
    return say(
        f"PySpark {spark.__version__}，Java {version[1]}；没有连接集群",
        f"PySpark {spark.__version__}, Java {version[1]}; no cluster was asked",
    )


def _sql(_: Vocabulary) -> str:
    from guiju.store import database as store

    with TemporaryDirectory(prefix="guiju-doctor-") as folder:
        engine = store.open_store(os.path.join(folder, "runs.db"))
        with store.reading(engine):
            pass
        engine.dispose()
    import_module("psycopg")
    return say("建了一个 SQLite 台账；PostgreSQL 只看了驱动", "made a store in SQLite; of PostgreSQL the driver alone was loaded")


def _sign(_: Vocabulary) -> str:
    from guiju.evidence.signers import SIGNERS

    signer = SIGNERS["ed25519"]
    key = signer.generate()
    from guiju.evidence.signers import public_of

    if not signer.verify(public_of(key), signer.sign(key, b"one"), b"one"):
        raise NotWorking(say("签名核验不过", "a signature does not verify"))
    return say("签名并核验了一次", "signed and verified once")


def _web(_: Vocabulary) -> str:
    from guiju.service import app as door
    from guiju.service.settings import Settings

    routes = len(door.make_app(Settings()).routes)
    return say(f"备好了 {routes} 个地址", f"has {routes} addresses ready")


EXTRAS: tuple[Extra, ...] = (
    Extra(name="word", use=Both("读写 Word 文件", "Word files"), trial=_word),
    Extra(name="pdf", use=Both("PDF 报告", "reports as PDF"), trial=_pdf),
    Extra(name="rdf", use=Both("DCAT/RDF 目录", "DCAT catalogs in RDF"), trial=_rdf),
    Extra(name="big", use=Both("超大目录", "very large catalogs"), trial=_big),
    Extra(name="spark", use=Both("Spark 集群", "Spark clusters"), trial=_spark),
    Extra(name="sql", use=Both("台账、数据库", "stores of runs, databases"), trial=_sql),
    Extra(name="sign", use=Both("证据包签名", "signed evidence"), trial=_sign),
    Extra(name="web", use=Both("网页", "the page"), trial=_web),
)
"""Those that something here uses."""
