"""Arrows 2 and 3: rule text into a syntax tree, and back into text; all shipped rules, and again after one line has changed."""

from stopwatch import measure

from guiju.diagnostics.source import Source
from guiju.dsl.syntax.from_text import Remembered, parse, parse_cached
from guiju.dsl.syntax.print.file import print_file
from guiju.pipeline import rule_files, shipped_rules


def main() -> None:
    """Prints one line for each way."""
    sources = [Source(str(file), file.read_text("utf-8")) for file in rule_files([shipped_rules()])]
    size = sum(len(one.text.encode()) for one in sources)
    print(f"{len(sources)} files, {size / 1000:.0f} kB")
    trees = [parse(one)[0] for one in sources]
    measure("parse all", lambda: [parse(one) for one in sources], of=size / 1000, unit="kB")
    measure("print all", lambda: [print_file(one) for one in trees], of=size / 1000, unit="kB")
    whole = "\n".join(one.text for one in sources)
    memo: dict[bytes, Remembered] = {}
    parse_cached(Source("all", whole), memo)
    at = whole.rindex("整改")
    changed = whole[:at] + "整改  " + whole[at + 2 :]
    measure("parse one file of all rules", lambda: parse(Source("all", whole)))

    def again() -> None:
        kept = dict(memo)
        parse_cached(Source("all", changed), kept)

    measure("the same after one changed line", again)


if __name__ == "__main__":
    main()
