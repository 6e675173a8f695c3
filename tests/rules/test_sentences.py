"""Every shipped rule says what it asks in sentences that people can read; its author speaks where the made ones would not do."""

from dataclasses import replace

from guiju.author.explain_rule import names_in
from guiju.diagnostics.codes.code import Level
from guiju.validators.explain.sentences import required_words
from guiju.validators.explain.wording.names import defined_in
from tests.rules.test_cases import compiled, ruleset
from tests.sentences import faults_of


def test_what_a_rule_asks_is_said_in_short_sentences_of_plain_words() -> None:
    rules = ruleset()
    faults = [
        f"{rule.id}: {fault}"
        for rule in rules.rules
        for fault in faults_of(required_words(rule, replace(names_in(rule, rules.vocabulary), defined=defined_in(rule))))
    ]
    assert faults == []


def test_whatever_is_asked_for_a_sentence_or_a_display_name_has_one() -> None:
    _, found = compiled()
    asked = [(one.code, one.span.file) for one in found if one.code in ("H050", "H051", "H052", "H053") or one.level is Level.ERROR]
    assert asked == []


def test_the_author_speaks_in_both_tongues() -> None:
    one_sided = [rule.id for rule in ruleset().rules if rule.says is not None and not (rule.says.zh and rule.says.en)]
    assert one_sided == []
