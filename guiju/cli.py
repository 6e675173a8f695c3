"""argv in, one command, exit code out; no thought in here.

Only the command that was called is imported, so that `guiju --help` and `guiju check` start at once.
"""

import errno
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from guiju.commands.terminal.tongue import say, unknown_tongue

if TYPE_CHECKING:
    from typer import Typer

__all__ = ["COMMANDS", "app_of", "main"]

_NEW_VALUES = 200_000
# What a stream says that takes no more.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EPIPE, errno.EIO)

# Which module holds which command, in the order of `guiju --help`.
COMMANDS: dict[str, tuple[str, str]] = {
    "check": (
        "guiju.commands.applicant.check",
        say(
            "检查申报方案、数据目录等：哪里不符合、依据哪一条、怎样改",
            "check proposals and catalogs: what is wrong, where, by which article, and how to mend it",
        ),
    ),
    "fmt": ("guiju.commands.author.author", say("把规则文件排成规范的样子", "lay out rule files in the one canonical way")),
    "template": (
        "guiju.commands.applicant.template",
        say(
            "生成填报表：下拉选项、必填标记、依据提示、提交前自查的颜色",
            "a form to fill: drop-downs, required marks, hints with the clause, colours for simple mistakes",
        ),
    ),
    "fix": (
        "guiju.commands.applicant.fix",
        say("把能改的写法改到一份副本里：代码的写法、全半角、日期、单位", "mend spellings in a copy: codes, widths, days, units"),
    ),
    "read": (
        "guiju.commands.applicant.read",
        say(
            "看看读懂了什么：哪张表是什么、哪个表头是哪个字段、有多大把握、略过了什么",
            "what was understood: which sheet is what, which header is which field, how sure, what was left out",
        ),
    ),
    "translate": (
        "guiju.commands.author.author",
        say("把规则文件译成另一种语言，不丢一字", "a rule file in the other tongue, without loss"),
    ),
    "lint": (
        "guiju.commands.author.author",
        say("检查规则文件：错误、可疑的写法，能改的可以改", "what is wrong or seldom meant in rule files; mends what is safe"),
    ),
    "lsp": (
        "guiju.commands.editor.commands",
        say("给编辑器用的语言服务：边写边查、补全、悬停、改名", "the language server: diagnostics, completion, hover, rename in an editor"),
    ),
    "grammar": ("guiju.commands.editor.commands", say("打印语言的语法", "print the grammar of the language")),
    "rules": ("guiju.commands.author.author", say("列出规则", "list the rules")),
    "explain": (
        "guiju.commands.author.explain",
        say("把一条规则、一个诊断代码或一个字段讲清楚", "a rule, a code of a diagnostic or a field on one page"),
    ),
    "test": (
        "guiju.commands.author.test",
        say("运行规则旁的用例；改动规则，看用例能否发现", "run the cases beside rules; change the rules and see whether a case objects"),
    ),
    "trace": (
        "guiju.commands.auditor.trace",
        say("一条规则在一个对象上怎样得出判定，什么会改变它", "how one rule came to its verdict on one subject, and what would turn it"),
    ),
    "complete": (
        "guiju.commands.applicant.complete",
        say("还要补什么：先补能定下最多规则的", "what is still to be provided, what settles the most rules first"),
    ),
    "coverage": (
        "guiju.commands.author.coverage",
        say("哪些条款有规则、哪些由人判断、哪些没有见到原文", "which clauses have rules, which people judge, which nobody has seen"),
    ),
    "prove": (
        "guiju.commands.publisher.prove",
        say(
            "证明规则的含义：能否符合、哪些条款互相冲突、新旧规则孰严，每个答案附一份材料",
            "what rules mean: whether they can be met, which clauses clash, what is stricter, each answer with a document",
        ),
    ),
    "impact": (
        "guiju.commands.publisher.impact",
        say(
            "新规则对已有材料的影响：哪些会新出现不符合，按规则、单位、区统计",
            "what new rules do to material at hand: what newly fails, by rule, unit and district",
        ),
    ),
    "release": (
        "guiju.commands.publisher.release",
        say(
            "发布规则：证明、封成一个文件、签名、放入仓库；版本号由判定的变化推算",
            "publish rules: prove, seal in one file, sign, put into a repository; the version follows from what verdicts do",
        ),
    ),
    "export": (
        "guiju.commands.publisher.export",
        say(
            "把一类对象的规则写成 JSON Schema、SHACL、SQL 或 CSVW，并列出写不进去的",
            "the rules of a kind as JSON Schema, SHACL, SQL or CSVW, with a list of what is lost",
        ),
    ),
    "waive": (
        "guiju.commands.auditor.waive",
        say("为检查发现起草一份豁免，待人补全签批", "draft a waiver for findings, to be completed and signed"),
    ),
    "compare": (
        "guiju.commands.auditor.compare",
        say("比对两次检查、两版目录，或同一目录在两天的法之下", "compare two runs, two catalogs, or one catalog on two days of law"),
    ),
    "runs": (
        "guiju.commands.auditor.runs",
        say("以往的检查：列出、查看、按月按单位看走势", "past runs: list, show, trend by month and unit"),
    ),
    "evidence": ("guiju.commands.auditor.evidence", say("封存证据包、签名、出具单条凭单", "pack evidence, sign it, and give proof slips")),
    "verify": (
        "guiju.commands.auditor.evidence",
        say("核验证据包或凭单：离线重算，逐字节比对", "verify a pack or a slip: judge again offline, byte for byte"),
    ),
    "standards": (
        "guiju.commands.bureau.standards",
        say(
            "查标准与文件：现行没有、被谁代替、某类项目该引用哪些",
            "instruments: in force or not, replaced by what, which a kind of project must cite",
        ),
    ),
    "init": ("guiju.commands.author.author", say("建一个能跑的示例：规则、用例、材料", "a working example: a rule, its cases, a document")),
    "notice": (
        "guiju.commands.bureau.letters",
        say("给每个部门的整改通知书，期限按工作日算", "a notice to mend for each department, due in working days"),
    ),
    "summary": (
        "guiju.commands.bureau.letters",
        say("给领导的一页纸：三个数、红绿灯、五件最值得做的事", "one page for leaders: three numbers, lights, five actions"),
    ),
    "book": (
        "guiju.commands.bureau.book",
        say("把规则书写成网页（离线可查），或一份 Word、PDF", "the rule book as pages with an offline search, or as one Word or PDF file"),
    ),
    "serve": (
        "guiju.commands.bureau.serve",
        say(
            "打开网页：上传、查看、改好、下载；规则书、看板、核验",
            "the page: upload, see, mend, download; the rule book, dashboards, verification",
        ),
    ),
    "config": (
        "guiju.commands.bureau.config",
        say("哪些设置在起作用、各从哪里来：参数、环境、项目、用户", "which settings hold, and where each comes from"),
    ),
    "doctor": ("guiju.commands.bureau.doctor", say("看看这台机器上该有的是否都有", "whether everything that is needed is here")),
}


def app_of(words: list[str]) -> "Typer":
    """The application with the commands that these words can call: one, or all of them by name only."""
    # Loaded here and not above, after the collector was told to rest.
    from guiju.commands.terminal import application

    app: Typer = application.application()
    called = next((word for word in words if word in COMMANDS), None)
    for name, (module, short) in COMMANDS.items():
        if called in (None, name):
            command = application.named_only
            if called == name:
                from guiju.commands.terminal.configured import configured
                from guiju.commands.terminal.guarded import guarded

                command = configured(guarded(getattr(import_module(module), name.replace("-", "_")), name), name)
            app.command(name, help=short, short_help=short, options_metavar=application.OPTIONS)(command)
    return app


def main() -> NoReturn:
    """The `guiju` command."""
    # The collector looks for cycles after so many new values, 700 unless told otherwise; a start makes hundreds of
    # thousands that stay, and walking over them again and again took a tenth of it.
    gc.set_threshold(_NEW_VALUES, 10, 10)
    words = sys.argv[1:]
    foreign = unknown_tongue(words)
    if foreign is not None:
        print(say(f"--lang 只有 zh 和 en，没有“{foreign}”", f"--lang is zh or en, not `{foreign}`"), file=sys.stderr)
        sys.exit(2)
    try:
        app_of(words)()
    except KeyboardInterrupt:
        print(say("已中断", "interrupted"), file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        # What is written for a caller goes through `put`; this is help and the version, which typer writes.
        if error.filename is not None or error.errno not in _FULL:
            _fail(error)
        from guiju.commands.terminal.terminal import tell_unwritten

        tell_unwritten(error, None)
        sys.exit(2)
    except Exception as error:
        _fail(error)
    sys.exit(0)


def _fail(error: Exception) -> NoReturn:
    """A fault of Guiju's own: users get a sentence, those who mend it ask for the trace."""
    if os.environ.get("GUIJU_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}"[:300]
    words = say(
        f"规矩自己出了错，检查没有做成：{what}\n请连同输入报告；设 GUIJU_DEBUG=1 再运行可见详情。",
        f"Guiju itself failed; nothing can be said of the input: {what}\nPlease report it with the input; GUIJU_DEBUG=1 shows the details.",
    )
    print(words, file=sys.stderr)
    sys.exit(2)
