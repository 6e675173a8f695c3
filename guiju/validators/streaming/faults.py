"""The two ways in which a streaming run does not take place."""

__all__ = ["NotStreamable", "RunFailed"]


class RunFailed(Exception):
    """The backend failed. `kind` is absent, java, unreachable, failed or lost; `words` is what it said."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(kind, words)
        self.kind = kind
        self.words = words


class NotStreamable(Exception):
    """The input must be checked in memory, because of these rules or of how it is written."""
