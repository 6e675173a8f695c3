"""The words of the library that reads command lines, in Chinese: it asks `gettext` for each, and has no Chinese of its own."""

import sys

from click import HelpFormatter

from guiju.commands.terminal.tongue import TONGUE
from guiju.terms.tongue import Tongue

__all__ = ["speak_chinese"]

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Arguments": "参数",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这些说明。",
    "Show the version and exit.": "显示版本。",
    "required": "必填",
    "default: {default}": "默认：{default}",
    "(dynamic)": "（临时算出）",
    "env var: {var}": "环境变量：{var}",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用 {command} {option} 看说明。",
    "Aborted!": "已中断。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing command.": "缺少命令。",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "No such command {name!r}.": "没有 {name} 这个命令。",
    "Option {name!r} does not take a value.": "选项 {name} 不带值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要 {nargs} 个值。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是整数。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是文件夹。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”读不了。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
}
_OF_NUMBER = {
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是不是其中之一：{possibilities}？",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值。",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不是其中之一：{choices}。",
    "Got unexpected extra argument ({args})": "多了一个参数：{args}",
    "Got unexpected extra arguments ({args})": "多了几个参数：{args}",
}
_ASKING = ("click.core", "click.exceptions", "click.formatting", "click.decorators", "click.parser", "click.types", "typer.core")


def speak_chinese() -> None:
    """From now on help and complaints about a command line are in Chinese, where this process speaks it."""
    if TONGUE is not Tongue.ZH:
        return
    for name in _ASKING:
        module = sys.modules.get(name)
        for asked, words in (("_", _word), ("ngettext", _of_number)):
            if module is not None and hasattr(module, asked):
                setattr(module, asked, words)
    HelpFormatter.write_heading = _heading  # type: ignore[method-assign,assignment]


def _heading(formatter: HelpFormatter, heading: str) -> None:
    formatter.write(f"{'':>{formatter.current_indent}}{heading}：\n")


def _word(text: str) -> str:
    return _WORDS.get(text, text)


def _of_number(one: str, many: str, count: int) -> str:
    text = one if count == 1 else many
    return _OF_NUMBER.get(text, text)
