"""What an official asks of `guiju standards`: by a bare number, by names on the command line, by the kind of project."""

from datetime import date

import pytest

from guiju.commands.bureau.run_standards import Question, answer

ON = date(2026, 3, 2)


def ask(*words: str) -> int:
    return answer(Question(words=words, on=ON, year=None, category=None, must=False, deep=False, json=False))


def test_a_bare_number_means_the_one_instrument_that_bears_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("show", "22239") == 0
    assert "GB/T 22239-2019" in capsys.readouterr().out


def test_a_bare_number_that_two_bear_means_neither(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("show", "809") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "JT/T 809" in told.err


def test_the_chain_answers_what_replaced_an_edition(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("chain", "GB/T 33356-2016") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("GB/T 33356-2016") and second.startswith("GB/T 33356-2022")


def test_numbers_on_the_command_line_are_asked_about_as_those_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("cited", "GB/T33356-2016", "政务数据共享条例") == 1
    out = capsys.readouterr().out
    assert "GB/T 33356-2022" in out
    assert "国务院令第809号" in out


def test_what_is_neither_a_number_nor_a_file_cannot_be_opened(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("cited", "no-such-file.txt") == 2
    assert "no-such-file.txt" in capsys.readouterr().err


def test_a_kind_of_project_has_what_the_kinds_it_includes_have(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("for", "智慧健康") == 0
    out = capsys.readouterr().out
    assert "WS/T 545-2017" in out
