"""`python -m guiju` is the command `guiju`; there is nothing else in here."""

from guiju.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
