"""Opens an input as a stream of records, by what its file holds."""

from guiju.catalog.formats import suffix_format
from guiju.catalog.streams.stream import ByteStream, RecordStream

__all__ = ["is_database", "lines_of"]


def is_database(name: str) -> bool:
    """Whether it is the address of a database."""
    return name.partition(":")[0] in ("sqlite", "postgresql", "postgres") and "?" in name


def lines_of(path: str) -> RecordStream:
    """The file as a stream of records, by its suffix. OSError where it cannot be opened, NotAStream where it is none."""
    if suffix_format(path) == "parquet":
        from guiju.catalog.streams.from_parquet import ParquetStream

        return ParquetStream.of(path)
    return ByteStream.of(path)
