"""How much an input from outside may ask of us; every reader of the catalog keeps to this one table.

A limit that is reached is said, with its number and its place. It never ends in a crash and never in half a reading that looks whole.
"""

from guiju.diagnostics.node import Limits
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["USUAL", "ReadLimits"]


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimits:
    """Bounds on size, depth, time and number; the defaults suit one city's catalog on an office machine."""

    bytes_text: int = 256 * 1024 * 1024
    """A YAML, JSON or CSV file that is read whole."""
    bytes_workbook: int = 256 * 1024 * 1024
    bytes_line: int = 8 * 1024 * 1024
    """One line of NDJSON."""
    bytes_spool: int = 16 * 1024 * 1024 * 1024
    """What a database answers, written as lines to a disk."""
    characters: int = 256 * 1024 * 1024
    nodes: int = 8_000_000
    depth: int = 64
    digits: int = 400
    cells: int = 20_000_000
    """Rows times columns of one sheet, empty cells counted, since they take room too."""
    columns: int = 2_000
    zip_entries: int = 10_000
    zip_bytes: int = 2 * 1024 * 1024 * 1024
    """What a workbook unfolds to."""
    zip_ratio: int = 200
    """Unfolded to folded, asked only of parts beyond `zip_ratio_from`; honest sheets reach some 40."""
    zip_ratio_from: int = 16 * 1024 * 1024
    files: int = 10_000
    folders: int = 64
    """How deep folders are searched."""
    headers: int = 2_000
    """Different headers or keys of one shape that are told one by one."""
    diagnostics: int = 1_000
    """Diagnostics of one input that are told one by one; the rest is counted."""
    pieces: int = 200_000
    """Paragraphs of one document."""
    pages: int = 600
    seconds: float = 600.0

    def of_trees(self) -> Limits:
        """These limits as the located readers of JSON and YAML want them."""
        return Limits(characters=self.characters, depth=self.depth, nodes=self.nodes, digits=self.digits)


USUAL = ReadLimits()
"""The limits that hold unless a caller says otherwise."""
