"""Why a check could not be carried to its end."""

__all__ = ["CarrierFault"]


class CarrierFault(Exception):
    """The carrier cannot do it; `kind` is absent, java, unreachable, failed or lost, `words` what it said."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(kind, words)
        self.kind = kind
        self.words = words
