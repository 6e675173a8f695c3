"""Damages documents at random and reads them: `python -m tests.documents.fuzz --rounds 2000 --seconds 600 --format docx`.

Whatever comes of it is records or a sentence; what breaks the reader, or takes it longer than ten seconds of processor time, is printed with its seed.
"""

import argparse
import random
import time
import traceback
import zipfile
from io import BytesIO

from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache
from guiju.terms.shape import Vocabulary
from tests.documents.papers_word import converted, word_of
from tests.documents.scripts import scripts

__all__ = ["damaged", "main", "survives"]

_LONGEST = 10.0


def damaged(whole: bytes, seed: int) -> bytes:
    """The document with bytes changed, cut off or repeated; of a Word file every second time within its main part."""
    chance = random.Random(seed)
    if whole.startswith(b"PK") and seed % 2:
        return _inside(whole, chance)
    return _spoilt(whole, chance)


def _spoilt(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randint(1, 40)]
            case 2:
                made[at:at] = made[at : at + chance.randint(1, 200)]
            case _:
                made[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
        if len(made) < 10:
            break
    return bytes(made[: chance.randrange(1, len(made))]) if chance.random() < 0.2 else bytes(made)


def _inside(whole: bytes, chance: random.Random) -> bytes:
    """A sound zip with an unsound part."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = [one for one in old.namelist() if one.endswith((".xml", ".rels"))]
        spoilt = "word/document.xml" if chance.random() < 0.6 else chance.choice(parts)
        for name in old.namelist():
            if name == spoilt and chance.random() < 0.1:
                continue
            data = old.read(name)
            new.writestr(name, _swapped(data, chance) if name == spoilt else data)
    return out.getvalue()


def _swapped(data: bytes, chance: random.Random) -> bytes:
    """Markup whose elements are exchanged, emptied or given foolish values: mostly well-formed still."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 12)):
        old, new = chance.choice(
            (
                ('w:val="', 'w:val="99999999999'),
                ("<w:t>", "<w:t>" + chr(chance.randrange(32, 0xD7FF))),
                ("</w:tc>", "</w:tc><w:tc/>"),
                ("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="77777"/></w:trPr>'),
                ("<w:tcPr>", '<w:tcPr><w:vMerge/><w:gridSpan w:val="4000"/>'),
                ("<w:p>", '<w:p><w:pPr><w:numPr><w:ilvl w:val="88"/><w:numId w:val="x"/></w:numPr></w:pPr>'),
                ("w:val=", "val="),
                ("r:id=", "r:di="),
                ("</w:p>", ""),
            )
        )
        places = text.count(old)
        if places:
            at = -1
            for _ in range(chance.randint(1, min(places, 30))):
                at = text.find(old, at + 1)
            text = text[:at] + new + text[at + len(old) :]
    return text.encode("utf-8", "replace")


def survives(data: bytes, suffix: str, vocabulary: Vocabulary) -> str | None:
    """What went wrong; None where the reader came back in time."""
    began = time.process_time()
    try:
        read(["-"], vocabulary, stdin=data, stdin_name=f"x.{suffix}")
    except Exception:  # any escape is what is looked for
        return traceback.format_exc(limit=-4)
    took = time.process_time() - began
    return f"{took:.1f} s" if took > _LONGEST else None


def main() -> None:
    """Prints each seed that breaks something, and the count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--format", default="docx")
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    ruleset = read_rules([shipped_rules() / "vocabulary"], Cache(None)).ruleset
    assert ruleset is not None
    wholes = [converted(word_of(one, faulty=True), options.format) for one in scripts()[:4]]
    ends, done, broken = time.monotonic() + options.seconds, 0, 0
    for seed in range(options.first, options.first + options.rounds):
        if time.monotonic() > ends:
            break
        said = survives(damaged(wholes[seed % len(wholes)], seed), options.format, ruleset.vocabulary)
        done += 1
        if said is not None:
            broken += 1
            print(f"seed {seed}: {said}", flush=True)
    print(f"{options.format}: {done} documents, {broken} broke the reader", flush=True)


if __name__ == "__main__":
    main()
