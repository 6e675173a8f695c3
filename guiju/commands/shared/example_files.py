"""The good examples that come with Guiju, by which documents of the solver are made to look like those of an applicant."""

from pathlib import Path

from guiju.catalog.read import read
from guiju.pipeline import shipped_rules
from guiju.proofs.examples import Examples, examples_of
from guiju.terms.shape import Vocabulary

__all__ = ["example_files", "good_examples"]


def example_files() -> tuple[Path, ...]:
    """The clean examples beside the package; none where it was installed without them."""
    folder = shipped_rules().parent.parent / "examples"
    clean = [*folder.glob("*/clean.yaml"), *folder.glob("projects/*.yaml")]
    return tuple(sorted(clean))


def good_examples(vocabulary: Vocabulary) -> Examples:
    """Their records by kind."""
    return examples_of(read([file], vocabulary) for file in example_files())
