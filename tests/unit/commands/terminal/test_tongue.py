"""Which tongue a command line asks for."""

from guiju.commands.terminal.tongue import unknown_tongue


def test_a_tongue_that_is_not_spoken_is_found() -> None:
    assert unknown_tongue(["check", "a.yaml", "--lang", "fr"]) == "fr"
    assert unknown_tongue(["check", "--lang="]) == ""


def test_the_spoken_tongues_are_known() -> None:
    assert unknown_tongue(["check", "--lang", "zh", "--lang=en"]) is None
