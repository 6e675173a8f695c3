"""What a sentence for a user may not be: too long, a pattern, an id, in brackets that do not close, in the marks of the other tongue."""

import re
from collections.abc import Iterator

from guiju.terms.tongue import Both, Tongue
from guiju.validators.explain.sentences import LONGEST, longest_sentence
from guiju.validators.findings.model import Finding

__all__ = ["faults_of", "faults_of_finding"]

_PAIRS = ("（）", "()", "“”", "《》", "{}", "[]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")
_HALF = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PATTERN = re.compile(r"\[[^\]]*\]|\|")
_TWICE = re.compile("本项是[^；。]*本项")
# Words that were made; the author's own are theirs.
_MADE = ("seen", "required", "message", "action", "flips", "reason")


def faults_of(said: Both) -> Iterator[str]:
    """What is wrong with words in either tongue."""
    for tongue in Tongue:
        text = said.say(tongue)
        bare = _QUOTED.sub("", text)
        if longest_sentence(text, tongue) > LONGEST[tongue]:
            yield f"{longest_sentence(text, tongue)} characters: {text}"
        if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
            yield f"brackets: {text}"
        if "_" in bare or _PATTERN.search(bare):
            yield f"an id or a pattern: {text}"
        if _TWICE.search(text):
            yield f"what is called 本项 twice: {text}"
        if _HALF.search(bare) if tongue is Tongue.ZH else _HAN.search(bare):
            yield f"of the other tongue: {text}"


def faults_of_finding(finding: Finding) -> Iterator[str]:
    """The same of every sentence that is made for a finding."""
    for part in _MADE:
        said = getattr(finding, part)
        if said is not None:
            yield from (f"{finding.rule} {part}: {fault}" for fault in faults_of(said))
