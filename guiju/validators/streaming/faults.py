"""Why a check could not be carried to its end."""

__all__ = ["NotStreamable", "RunFailed"]


class RunFailed(Exception):
    """The carrier cannot do it; `kind` is absent, java, unreachable, failed or lost, `words` what it said."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(kind, words)
        self.kind = kind
        self.words = words


class NotStreamable(Exception):
    """The file must be checked in memory: because of these rules, or because of how it is written."""
