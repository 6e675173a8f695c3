"""What a function takes whose bracket is open."""

from lsprotocol import types as lsp

from guiju.dsl.builtins import builtin_named
from guiju.language_server.scope import cursor_at
from guiju.language_server.workspace import Snapshot

__all__ = ["signature_help"]


def signature_help(snapshot: Snapshot, file: str, offset: int) -> lsp.SignatureHelp | None:
    """What the function takes whose bracket is open."""
    cursor = cursor_at(snapshot.sources[file], offset)
    depth = commas = 0
    for at in range(len(cursor.tokens) - 1, 0, -1):
        text = cursor.tokens[at].text
        if text == ")":
            depth += 1
        elif text == "," and depth == 0:
            commas += 1
        elif text == "(" and depth:
            depth -= 1
        elif text == "(":
            builtin = builtin_named(cursor.tokens[at - 1].text)
            if builtin is None:
                return None
            takes = [one.words.say(cursor.tongue) for one in builtin.takes]
            label = f"{builtin.name.say(cursor.tongue)}({', '.join(takes)})"
            parameters = [lsp.ParameterInformation(one) for one in takes]
            info = lsp.SignatureInformation(label, documentation=builtin.doc.say(cursor.tongue), parameters=parameters)
            return lsp.SignatureHelp([info], active_signature=0, active_parameter=min(commas, len(takes) - 1))
    return None
