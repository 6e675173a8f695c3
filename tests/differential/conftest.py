"""Both ways of reading lines by type, for whoever asks for `either_reader`."""

from collections.abc import Iterator

import pytest

from guiju.validators.streaming.decode import typed_lines


@pytest.fixture(scope="module", params=["in C", "by msgspec"])
def either_reader(request: pytest.FixtureRequest) -> Iterator[str]:
    """The module's tests run with the reader in C, if it was built, and without it."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "by msgspec":
            patch.setattr(typed_lines, "_reader", lambda form: None)
        else:
            pytest.importorskip(
                "guiju.validators.streaming.decode._typed_lines", reason="the reader in C was not built: no compiler, or no headers"
            )
        yield str(request.param)
