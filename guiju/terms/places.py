"""Where a rule of law holds, as a code: none at all, a country, a province or a city in it; a wider place begins a narrower one's code.

`CN` is the country, `CN-42` and `CN-4201` are GB/T 2260 codes in it without their noughts. Names stand here only for places from which
the registry records an instrument.
"""

from collections.abc import Mapping
from types import MappingProxyType

from guiju.terms.tongue import Both

__all__ = ["ANYWHERE", "COUNTRY", "PLACES", "holds_in", "place_words"]

ANYWHERE = ""
COUNTRY = "CN"

PLACES: Mapping[str, Both] = MappingProxyType(
    {
        ANYWHERE: Both("任何地方", "anywhere"),
        COUNTRY: Both("国家", "china"),
        "CN-12": Both("天津市", "tianjin"),
        "CN-23": Both("黑龙江省", "heilongjiang"),
        "CN-32": Both("江苏省", "jiangsu"),
        "CN-37": Both("山东省", "shandong"),
        "CN-42": Both("湖北省", "hubei"),
        "CN-4201": Both("武汉市", "wuhan"),
        "CN-43": Both("湖南省", "hunan"),
        "CN-4401": Both("广州市", "guangzhou"),
        "CN-4403": Both("深圳市", "shenzhen"),
    }
)
"""The places by code, as they are named in rules."""


def holds_in(instrument: str, place: str) -> bool:
    """Whether what was issued for one place holds in another: in the place itself and in all that lie in it."""
    return place.startswith(instrument)


def place_words(code: str) -> Both:
    """The name of a place; its code where no name is known."""
    return PLACES.get(code, Both(code, code))
