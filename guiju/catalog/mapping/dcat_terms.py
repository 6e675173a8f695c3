"""How CKAN, DCAT and Frictionless call what a catalog entry holds, all told in the terms of DCAT; tables, no code.

The vocabulary of a ruleset meets these terms by the aliases that its shapes declare, so what a portal's key means for a
rule stays in the hands of those who write rules.
"""

__all__ = ["CKAN_KEYS", "CKAN_MARKS", "CKAN_RESOURCE_KEYS", "DCAT_CLASSES", "FREQUENCIES", "PREDICATES"]

# Keys of a CKAN package and of a resource; what is not here keeps its own name.
CKAN_KEYS = {
    "notes": "description",
    "id": "identifier",
    "metadata_created": "issued",
    "metadata_modified": "modified",
    "dcat_issued": "issued",
    "dcat_modified": "modified",
    "guid": "identifier",
    "dcat_publisher_name": "publisher",
    "publisher_name": "publisher",
    "frequency": "accrualPeriodicity",
    "license_title": "license",
    "license_id": "license",
    "tag_string": "keyword",
    "url": "landingPage",
    # It says whether the licence is an open one, not whether the data are open.
    "isopen": "license_isopen",
}
CKAN_RESOURCE_KEYS = {
    "name": "title",
    "url": "access_url",
    "size": "byteSize",
    "last_modified": "modified",
    "mimetype": "mediaType",
}

# What a package of CKAN has beside its resources; two of these words tell it from other records.
CKAN_MARKS = frozenset({"notes", "extras", "owner_org", "organization", "num_resources", "metadata_created", "tags"})

_DCT = "http://purl.org/dc/terms/"
_DCAT = "http://www.w3.org/ns/dcat#"
_SCHEMA = ("https://schema.org/", "http://schema.org/")
DCAT_CLASSES = (_DCAT + "Dataset", *(f"{base}Dataset" for base in _SCHEMA))

PREDICATES = {
    _DCT + "title": "title",
    _DCT + "description": "description",
    _DCT + "identifier": "identifier",
    _DCT + "publisher": "publisher",
    _DCT + "creator": "creator",
    _DCT + "issued": "issued",
    _DCT + "modified": "modified",
    _DCT + "accrualPeriodicity": "accrualPeriodicity",
    _DCT + "accessRights": "accessRights",
    _DCT + "license": "license",
    _DCT + "language": "language",
    _DCT + "format": "format",
    _DCT + "spatial": "spatial",
    _DCAT + "keyword": "keyword",
    _DCAT + "theme": "theme",
    _DCAT + "landingPage": "landingPage",
    _DCAT + "distribution": "distribution",
    _DCAT + "accessURL": "access_url",
    _DCAT + "downloadURL": "download_url",
    _DCAT + "byteSize": "byteSize",
    _DCAT + "mediaType": "mediaType",
    _DCAT + "contactPoint": "contactPoint",
    **{base + "name": "title" for base in _SCHEMA},
    **{base + "description": "description" for base in _SCHEMA},
    **{base + "identifier": "identifier" for base in _SCHEMA},
    **{base + "keywords": "keyword" for base in _SCHEMA},
    **{base + "publisher": "publisher" for base in _SCHEMA},
    **{base + "datePublished": "issued" for base in _SCHEMA},
    **{base + "dateModified": "modified" for base in _SCHEMA},
    **{base + "distribution": "distribution" for base in _SCHEMA},
    **{base + "contentUrl": "download_url" for base in _SCHEMA},
    **{base + "encodingFormat": "format" for base in _SCHEMA},
    **{base + "license": "license" for base in _SCHEMA},
}

# The last words of the frequency IRIs of the EU authority table and of the DC collection vocabulary, in plain words.
FREQUENCIES = {
    "cont": "realtime",
    "update_cont": "realtime",
    "continuous": "realtime",
    "hourly": "hourly",
    "daily": "daily",
    "weekly": "weekly",
    "threetimesamonth": "ten_days",
    "monthly_3": "ten_days",
    "semimonthly": "half_month",
    "monthly_2": "half_month",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "semiannual": "half_year",
    "annual_2": "half_year",
    "annual": "yearly",
    "biennial": "two_years",
    "triennial": "three_years",
    "quinquennial": "five_years",
    "irregular": "irregular",
    "irreg": "irregular",
    "never": "never",
    "other": "other",
}
