"""Every name that `guiju` offers is found where it is said to live, and nothing is loaded before it is asked for."""

import pytest

import guiju


@pytest.mark.parametrize("name", sorted(guiju._HOMES))
def test_the_public_name_is_found_in_its_home(name: str) -> None:
    assert getattr(guiju, name) is not None and name in dir(guiju)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        guiju.nothing  # noqa: B018


def test_the_version_of_the_package_is_that_of_the_distribution() -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        assert version("guiju") == guiju.__version__
    except PackageNotFoundError:
        pytest.skip("guiju is not installed here")
