"""Every name that `guiju` offers is found where it is said to live, and nothing is loaded before it is asked for."""

from importlib.util import find_spec

import pytest

import guiju


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize("name", sorted(guiju._HOMES))
def test_the_public_name_is_found_in_its_home(name: str) -> None:
    home = guiju._HOMES[name]
    if not _is_there(home):
        pytest.skip(f"{home} is not here yet")
    try:
        found = getattr(guiju, name)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("guiju."):
            pytest.skip(f"{error.name} is not here yet")
        raise
    assert found is not None and name in dir(guiju)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        guiju.nothing  # noqa: B018


def test_the_version_of_the_package_is_that_of_the_distribution() -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        assert version("guiju") == guiju.__version__
    except PackageNotFoundError:
        pytest.skip("guiju is not installed here")
