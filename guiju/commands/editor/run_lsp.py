"""What `guiju lsp` does: answer an editor over standard input and output, or over a port of this machine.

0 the editor said goodbye · 2 what the server needs is not installed.
"""

from guiju.commands.terminal.terminal import eprint
from guiju.commands.terminal.tongue import say

__all__ = ["run_lsp"]


def run_lsp(*, tcp: bool, port: int) -> int:
    """The exit code, when the editor is done."""
    try:
        from guiju.language_server.server import make_server
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol", "lark"):
            raise
        eprint(say("语言服务要另外安装：pip install 'guiju[lsp]'", "the language server is an extra: pip install 'guiju[lsp]'"))
        return 2
    server = make_server()
    if tcp:
        eprint(say(f"在 127.0.0.1:{port} 等候编辑器。", f"Waiting for an editor on 127.0.0.1:{port}."))
        server.start_tcp("127.0.0.1", port)
    else:
        server.start_io()
    return 0
