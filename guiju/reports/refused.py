"""Why a form of a report cannot be written on this machine, in words for the user."""

from guiju.terms.tongue import Both

__all__ = ["FormRefused"]


class FormRefused(Exception):
    """What is wanting, and how to come by it."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words
