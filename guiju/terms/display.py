"""How an id reads in an English sentence where its author gave no display name: blanks for underscores, abbreviations spelt."""

from functools import lru_cache

__all__ = ["ABBREVIATIONS", "is_spelled", "spelled", "title_of"]

ABBREVIATIONS = {
    "2g": "2G",
    "3g": "3G",
    "4g": "4G",
    "5g": "5G",
    "aii": "AII",
    "api": "API",
    "april": "April",
    "apps": "applications",
    "bim": "BIM",
    "ccc": "CCC",
    "cim": "CIM",
    "db": "database",
    "gb": "GB",
    "gis": "GIS",
    "cii": "critical information infrastructure",
    "crypto": "cryptography",
    "id": "ID",
    "ids": "IDs",
    "iot": "IoT",
    "ip": "IP",
    "mlps": "MLPS",
    "pct": "per cent",
    "pi": "personal information",
    "pia": "personal information impact assessment",
    "pv": "photovoltaic",
    "rfid": "RFID",
    "spi": "sensitive personal information",
    "url": "URL",
    "uscc": "unified social credit code",
    "v2x": "V2X",
    "wgs84": "WGS 84",
    "wuhan": "Wuhan",
}
"""Words of ids that are no words of a sentence."""


@lru_cache(maxsize=4096)
def spelled(id: str) -> str:
    """The id as words: `contains_spi` is `contains sensitive personal information`; a name with 汉字 stays as it is."""
    if not id.isascii():
        return id
    return " ".join(ABBREVIATIONS.get(word.lower(), word) for word in id.replace("_", " ").split())


def is_spelled(id: str) -> bool:
    """Whether the id is a word as it stands."""
    return spelled(id) == id


def title_of(id: str) -> str:
    """The same with a capital at its beginning, as a heading has it."""
    said = spelled(id)
    return said[:1].upper() + said[1:]
