"""Runs `guiju book`: every page of the rule book into a folder, or all of it into one document.

0 written · 2 it could not be written, or a package is missing.
"""

from pathlib import Path

from guiju.commands.shared.check_files import day_of
from guiju.commands.shared.rulesets import today
from guiju.commands.terminal.progress import bar
from guiju.commands.terminal.terminal import eprint, tell_unwritten, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.reports.refused import FormRefused
from guiju.terms.progress import Work
from guiju.terms.tongue import counted

__all__ = ["run_book"]


def run_book(output: Path, as_of: str | None) -> int:
    """The exit code, after the book has been written."""
    on = day_of(as_of) or today()
    try:
        if output.suffix.lower() in (".docx", ".pdf"):
            from guiju.service.book.volume import book_volume

            write(book_volume(TONGUE, on, output.suffix.lower().removeprefix(".")), output)
            eprint(say(f"规则书：{output}", f"the rule book: {output}"))
            return 0
        from guiju.service.book.static import book_files

        count = 0
        with bar() as progress:
            tell = (lambda done, of: progress(Work.WRITE, done, of)) if progress is not None else (lambda done, of: None)
            for name, data in book_files(on, tell):
                file = output / name
                file.parent.mkdir(parents=True, exist_ok=True)
                write(data, file)
                count += 1
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.startswith("guiju"):
            raise
        eprint(
            say(
                f"规则书还需要安装：pip install 'guiju[web]'（缺 {missing.name}）",
                f"the rule book needs: pip install 'guiju[web]' ({missing.name} is missing)",
            )
        )
        return 2
    except FormRefused as refused:
        eprint(refused.words.say(TONGUE))
        return 2
    except OSError as error:
        tell_unwritten(error, output)
        return 2
    eprint(
        say(
            f"规则书：{output}（{count} 个文件，从 index.html 看起）",
            f"the rule book: {output} ({counted(count, 'file')}; begin at index.html)",
        )
    )
    return 0
