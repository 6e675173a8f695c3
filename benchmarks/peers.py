"""Other tools on the same records and those of the forty rules that each of them can state; counts are held against the oracle.

usage: python benchmarks/peers.py NAME FILE [MOST]

Prints one line of JSON: what it took to check, parsing set apart where the tool does not parse itself, and how many records
break each rule (`records`) or how many findings each rule has (`findings`). `make bench-peers` installs the tools; nothing
else in the repository needs them. What a tool cannot state is left out of its rules and not held against its time.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from memory import peak_megabytes

__all__ = ["PEERS", "SCHEMAS"]

_BLANK = " \\t\\r\\n\\u3000\\u00a0"
_WORD = {"type": "string", "pattern": f"[^{_BLANK}]"}
_31, _30 = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])", "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
_DAY = f"^([0-9]{{4}}-({_31}|{_30}|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP})$"
_IDENTIFIER = "^[0-9A-Z]{6}-[0-9]{3}-[0-9]{8}$"
_USCC = "^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"
_URL = "^https?://[!-~]+$"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_PERIODS = {"1": 1, "2": 2, "3": 10, "4": 40, "5": 100, "6": 200, "7": 400}
_FORMATS = ("CSV", "JSON", "XML", "XLSX", "API", "SHP", "PDF")


def _must(key: str, what: Any) -> dict[str, Any]:
    return {"required": [key], "properties": {key: what}}


def _may(key: str, what: Any) -> dict[str, Any]:
    return {"properties": {key: what}}


def _part(key: str, what: dict[str, Any]) -> dict[str, Any]:
    return _may(key, {"type": "object", **what})


def _when(condition: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    return {"if": condition, "then": then}


def _each(key: str, what: dict[str, Any]) -> dict[str, Any]:
    return _may(key, {"items": what})


def _one_of(*values: str) -> dict[str, Any]:
    return {"enum": list(values)}


def _has(key: str, what: dict[str, Any]) -> dict[str, Any]:
    return _must(key, {"type": "array", "contains": what})


_OPEN = _must("openness", _must("type", {"const": "1"}))
SCHEMAS: dict[str, dict[str, Any]] = {
    "R01": _must("title", _WORD),
    "R02": _may("title", {"anyOf": [{"not": _WORD}, {"minLength": 4, "maxLength": 100}]}),
    "R03": _must("identifier", {"type": "string", "pattern": _IDENTIFIER}),
    "R04": _must("abstract", {"type": "string", "minLength": 10}),
    "R05": _must("provider", _must("name", _WORD)),
    "R06": _must("provider", _must("uscc", {"type": "string", "pattern": _USCC})),
    "R08": _must("sharing", _must("type", _one_of("1", "2", "3"))),
    "R09": _part("sharing", _when(_must("type", {"const": "2"}), _must("condition", _WORD))),
    "R10": _part("sharing", _when(_must("type", {"const": "3"}), _must("basis", _WORD))),
    "R11": _part("sharing", _when(_must("type", _one_of("1", "2")), _may("mode", _one_of("1", "2", "3", "4")))),
    "R12": _must("openness", _must("type", _one_of("1", "2", "3"))),
    "R13": _part("openness", _when(_must("type", {"const": "2"}), _must("condition", _WORD))),
    "R14": _when(_must("sharing", _must("type", {"const": "3"})), {"not": _OPEN}),
    "R15": _must("update_frequency", _one_of(*_PERIODS, "9")),
    "R16": _must("issued", {"type": "string", "pattern": _DAY}),
    "R18": _must("updated", {"type": "string", "pattern": _DAY}),
    "R21": _must("items", {"type": "array", "minItems": 1}),
    "R22": _each("items", _must("name", _WORD)),
    "R23": _each("items", _must("type", _one_of("C", "N", "D", "T", "B", "L"))),
    "R24": _each("items", _when(_must("type", _one_of("C", "N")), _must("length", {"type": "integer", "minimum": 1, "maximum": 4000}))),
    "R26": _each("items", _must("sensitivity", _one_of("0", "1", "2", "3"))),
    "R27": _each("items", _when(_must("sensitivity", {"const": "2"}), {"required": ["grade"]})),
    "R28": _when(_OPEN, _each("items", _may("name", {"not": {"pattern": "身份证|手机号|家庭住址"}}))),
    "R29": _when(_has("items", _must("sensitivity", _one_of("1", "2", "3"))), {"not": _must("sharing", _must("type", {"const": "1"}))}),
    "R31": _when(_must("sharing", _must("mode", {"const": "1"})), _has("distributions", _must("format", {"const": "API"}))),
    "R32": _each("distributions", _must("format", _one_of(*_FORMATS))),
    "R33": _each("distributions", _must("url", {"type": "string", "pattern": _URL})),
    "R34": _when(_OPEN, _has("distributions", _must("format", _one_of("CSV", "JSON", "XML", "API")))),
}
_WHOLE = {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": list(SCHEMAS.values())}
_NAMES = list(SCHEMAS)
Told = tuple[float, dict[str, int]]


def _timed(check: Callable[[], Counter[str]]) -> Told:
    begin = time.perf_counter()
    found = check()
    return time.perf_counter() - begin, {rule: number for rule, number in found.items() if number}


def _by_errors(records: list[Any], errors: Callable[[Any], Any], path: Callable[[Any], Any]) -> Told:
    def check() -> Counter[str]:
        found: Counter[str] = Counter()
        for record in records:
            found.update({_NAMES[list(path(error))[1]] for error in errors(record)})
        return found

    return _timed(check)


def jsonschema(records: list[Any]) -> Told:
    """The 28 rules as one JSON Schema."""
    import jsonschema as tool

    return _by_errors(records, tool.Draft202012Validator(_WHOLE).iter_errors, lambda error: error.absolute_schema_path)


def jsonschema_rs(records: list[Any]) -> Told:
    """The same schema, compiled by the validator in Rust."""
    import jsonschema_rs as tool

    return _by_errors(records, tool.Draft202012Validator(_WHOLE).iter_errors, lambda error: error.schema_path)


def fastjsonschema(records: list[Any]) -> Told:
    """A function of Python for each rule: it tells only the first fault of a schema."""
    import fastjsonschema as tool

    checks = {rule: tool.compile({**schema, "$schema": "http://json-schema.org/draft-07/schema"}) for rule, schema in SCHEMAS.items()}

    def check() -> Counter[str]:
        found: Counter[str] = Counter()
        for record in records:
            for rule, valid in checks.items():
                try:
                    valid(record)
                except tool.JsonSchemaException:
                    found[rule] += 1
        return found

    return _timed(check)


# ---- tables -------------------------------------------------------------------------------------------------------------------------


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    provider, sharing, openness = record.get("provider") or {}, record.get("sharing") or {}, record.get("openness") or {}
    own = {key: record.get(key) for key in ("title", "identifier", "abstract", "update_frequency", "issued", "updated")}
    mine = {"provider_name": provider.get("name"), "uscc": provider.get("uscc"), "open_type": openness.get("type")}
    return {
        **own,
        **mine,
        "open_condition": openness.get("condition"),
        **{f"share_{key}": sharing.get(key) for key in ("type", "condition", "basis", "mode")},
    }


def pandera(records: list[Any]) -> Told:
    """Fifteen flat rules on a frame of Polars that has been made before."""
    import pandera.polars as tool
    import polars as pl

    frame = pl.DataFrame(list(map(_flat, records)), infer_schema_length=None)

    def where(rule: str, column: str, holds: Any) -> Any:
        return tool.Check(lambda data: data.lazyframe.select(holds(pl.col(column)).fill_null(False)), name=rule)

    def word(column: Any) -> Any:
        return column.str.contains(f"[^{_BLANK}]")

    one = pl.col
    # Conditions over two columns are checks of the frame.
    both = {
        "R09": (one("share_type") != "2") | word(one("share_condition")).fill_null(False),
        "R10": (one("share_type") != "3") | word(one("share_basis")).fill_null(False),
        "R11": ~one("share_type").is_in(["1", "2"]) | one("share_mode").is_in(["1", "2", "3", "4"]).fill_null(True),
        "R13": (one("open_type") != "2") | word(one("open_condition")).fill_null(False),
        "R14": (one("share_type") != "3") | (one("open_type") != "1"),
    }
    alone = {
        "title": [where("R01", "title", word)],
        "identifier": [where("R03", "identifier", lambda column: column.str.contains(_IDENTIFIER))],
        "abstract": [where("R04", "abstract", lambda column: column.str.len_chars() >= 10)],
        "provider_name": [where("R05", "provider_name", word)],
        "uscc": [where("R06", "uscc", lambda column: column.str.contains(_USCC))],
        "share_type": [where("R08", "share_type", lambda column: column.is_in(["1", "2", "3"]))],
        "open_type": [where("R12", "open_type", lambda column: column.is_in(["1", "2", "3"]))],
        "update_frequency": [where("R15", "update_frequency", lambda column: column.is_in([*_PERIODS, "9"]))],
        "issued": [where("R16", "issued", lambda column: column.str.contains(_DAY))],
        "updated": [where("R18", "updated", lambda column: column.str.contains(_DAY))],
    }
    schema = tool.DataFrameSchema(
        {name: tool.Column(str, checks=checks, nullable=True, required=True) for name, checks in alone.items()},
        checks=[
            tool.Check(lambda data, holds=holds: data.lazyframe.select(holds.fill_null(True)), name=rule) for rule, holds in both.items()
        ],
    )

    def check() -> Counter[str]:
        found: Counter[str] = Counter()
        try:
            schema.validate(frame, lazy=True)
        except tool.errors.SchemaErrors as errors:
            for row in errors.failure_cases.iter_rows(named=True):
                found[str(row["check"])] += 1
        return found

    return _timed(check)


def polars(path: Path) -> Told:
    """Twenty-three rules as expressions, the file read by Polars itself."""
    import polars as pl

    one, text, field = pl.col, pl.String, lambda owner, name: pl.col(owner).struct.field(name)
    item = pl.Struct({"name": text, "type": text, "length": pl.Int64, "sensitivity": text, "desc": text, "grade": pl.Int64})
    schema = {
        **dict.fromkeys(("title", "identifier", "abstract", "update_frequency", "issued", "updated"), text),
        "provider": pl.Struct({"name": text, "uscc": text}),
        "sharing": pl.Struct(dict.fromkeys(("type", "condition", "basis", "mode"), text)),
        "openness": pl.Struct(dict.fromkeys(("type", "condition"), text)),
        "items": pl.List(item),
        "distributions": pl.List(pl.Struct({"format": text, "url": text, "size": pl.Int64})),
    }
    word = lambda column: column.str.contains(f"[^{_BLANK}]").fill_null(False)  # noqa: E731
    element, format = pl.element().struct.field, pl.element().struct.field("format")
    share, opened = field("sharing", "type"), field("openness", "type")

    def none_of(owner: str, wrong: Any) -> Any:
        return ~one(owner).list.eval(wrong.fill_null(True)).list.any().fill_null(False)

    def some(right: Any) -> Any:
        return one("distributions").list.eval(right.fill_null(False)).list.any().fill_null(False)

    holds = {
        "R01": word(one("title")),
        "R03": one("identifier").str.contains(_IDENTIFIER),
        "R04": one("abstract").str.len_chars() >= 10,
        "R05": word(field("provider", "name")),
        "R06": field("provider", "uscc").str.contains(_USCC),
        "R08": share.is_in(["1", "2", "3"]),
        "R09": (share.fill_null("") != "2") | word(field("sharing", "condition")),
        "R10": (share.fill_null("") != "3") | word(field("sharing", "basis")),
        "R11": ~share.fill_null("").is_in(["1", "2"]) | field("sharing", "mode").is_in(["1", "2", "3", "4"]).fill_null(True),
        "R12": opened.is_in(["1", "2", "3"]),
        "R13": (opened.fill_null("") != "2") | word(field("openness", "condition")),
        "R14": (share.fill_null("") != "3") | (opened.fill_null("") != "1"),
        "R15": one("update_frequency").is_in([*_PERIODS, "9"]),
        "R16": one("issued").str.contains(_DAY),
        "R18": one("updated").str.contains(_DAY),
        "R21": one("items").list.len() > 0,
        "R22": none_of("items", ~element("name").str.contains(f"[^{_BLANK}]")),
        "R23": none_of("items", ~element("type").is_in(["C", "N", "D", "T", "B", "L"])),
        "R26": none_of("items", ~element("sensitivity").is_in(["0", "1", "2", "3"])),
        "R31": (field("sharing", "mode").fill_null("") != "1") | some(format == "API"),
        "R32": none_of("distributions", ~format.is_in(list(_FORMATS))),
        "R33": none_of("distributions", ~element("url").str.contains(_URL)),
        "R34": (opened.fill_null("") != "1") | some(format.is_in(["CSV", "JSON", "XML", "API"])),
    }

    def check() -> Counter[str]:
        counts = [(~one.fill_null(False)).sum().alias(rule) for rule, one in holds.items()]
        return Counter(pl.scan_ndjson(path, schema=schema).select(counts).collect().row(0, named=True))

    return _timed(check)


def duckdb(path: Path) -> Told:
    """All forty rules as SQL over one reading of the file, counts only, without places."""
    import duckdb as tool

    item = 'STRUCT(name VARCHAR, type VARCHAR, length BIGINT, sensitivity VARCHAR, "desc" VARCHAR, grade BIGINT)[]'
    columns = {
        **dict.fromkeys(("title", "identifier", "abstract", "update_frequency", "issued", "updated"), "VARCHAR"),
        "provider": "STRUCT(name VARCHAR, uscc VARCHAR)",
        "sharing": "STRUCT(type VARCHAR, condition VARCHAR, basis VARCHAR, mode VARCHAR)",
        "openness": "STRUCT(type VARCHAR, condition VARCHAR)",
        "grade": "BIGINT",
        "related": "VARCHAR[]",
        "items": item,
        "distributions": "STRUCT(format VARCHAR, url VARCHAR, size BIGINT)[]",
    }
    blank = _BLANK.encode().decode("unicode_escape")
    word = f"coalesce(regexp_matches({{}}, '[^{blank}]'), false)".format
    day = "(CASE WHEN regexp_matches({0}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$') THEN try_cast({0} AS DATE) END)".format
    digit = "(strpos('" + _ALPHABET + "', substr(provider.uscc, {}, 1)) - 1)"
    total = " + ".join(f"{weight} * {digit.format(at)}" for at, weight in enumerate(_WEIGHTS, 1))
    period = "CASE update_frequency " + " ".join(f"WHEN '{code}' THEN {days}" for code, days in _PERIODS.items()) + " END"
    issued, updated, formed = day("issued"), day("updated"), f"regexp_matches(provider.uscc, '{_USCC}')"
    listed = "len(list_filter({}, lambda x: {}))".format
    once = {
        "R01": word("title"),
        "R02": f"NOT {word('title')} OR length(title) BETWEEN 4 AND 100",
        "R03": f"regexp_matches(identifier, '{_IDENTIFIER}')",
        "R04": "length(abstract) >= 10",
        "R05": word("provider.name"),
        "R06": formed,
        "R07": f"NOT coalesce({formed}, false) OR (31 - ({total}) % 31) % 31 = {digit.format(18)}",
        "R08": "sharing.type IN ('1', '2', '3')",
        "R09": f"coalesce(sharing.type, '') <> '2' OR {word('sharing.condition')}",
        "R10": f"coalesce(sharing.type, '') <> '3' OR {word('sharing.basis')}",
        "R11": "coalesce(sharing.type, '') NOT IN ('1', '2') OR coalesce(sharing.mode, '1') IN ('1', '2', '3', '4')",
        "R12": "openness.type IN ('1', '2', '3')",
        "R13": f"coalesce(openness.type, '') <> '2' OR {word('openness.condition')}",
        "R14": "coalesce(sharing.type, '') <> '3' OR coalesce(openness.type, '') <> '1'",
        "R15": "update_frequency IN ('1', '2', '3', '4', '5', '6', '7', '9')",
        "R16": f"{issued} IS NOT NULL",
        "R17": f"coalesce({issued} <= DATE '2026-06-30', true)",
        "R18": f"{updated} IS NOT NULL",
        "R19": f"coalesce({updated} >= {issued}, true)",
        "R20": f"coalesce(date_diff('day', {updated}, DATE '2026-06-30') <= {period}, true)",
        "R21": "len(items) > 0",
        "R29": f"coalesce(sharing.type, '') <> '1' OR coalesce({listed('items', chr(39).join(('x.sensitivity IN (', '1', ', ', '2', ', ', '3', ')')))}, 0) = 0",
        "R30": "coalesce(list_max(list_transform(items, lambda x: x.grade)) <= grade, true)",
        "R31": f"coalesce(sharing.mode, '') <> '1' OR coalesce({listed('distributions', 'x.format = ' + repr('API'))}, 0) > 0",
        "R34": f"coalesce(openness.type, '') <> '1' OR coalesce({listed('distributions', 'x.format IN ' + repr(('CSV', 'JSON', 'XML', 'API')))}, 0) > 0",
        "R35": f"coalesce(len(items), 0) = 0 OR {listed('items', word('x.desc'))} * 2 >= len(items)",
        "R36": "coalesce(list_sum(list_transform(distributions, lambda x: x.size)), 0) <= 10000000000",
    }
    each = {
        "R22": ("items", f"NOT {word('x.name')}"),
        "R23": ("items", "NOT coalesce(x.type IN ('C', 'N', 'D', 'T', 'B', 'L'), false)"),
        "R24": ("items", "x.type IN ('C', 'N') AND NOT coalesce(x.length BETWEEN 1 AND 4000, false)"),
        "R26": ("items", "NOT coalesce(x.sensitivity IN ('0', '1', '2', '3'), false)"),
        "R27": ("items", "x.sensitivity = '2' AND x.grade IS NULL"),
        "R28": ("items", "openness.type = '1' AND regexp_matches(x.name, '身份证|手机号|家庭住址')"),
        "R32": ("distributions", f"NOT coalesce(x.format IN {_FORMATS!r}, false)"),
        "R33": ("distributions", f"NOT coalesce(regexp_matches(x.url, '{_URL}'), false)"),
    }
    names = f"list_filter(list_transform(items, lambda x: x.name), lambda x: {word('x')})"
    asked = [f"count(*) FILTER (WHERE NOT coalesce({holds}, false)) AS {rule}" for rule, holds in once.items()]
    asked += [f"sum({listed(owner, wrong)}) AS {rule}" for rule, (owner, wrong) in each.items()]
    asked.append(f"sum(len({names}) - len(list_distinct({names}))) AS R25")
    given = word("identifier")
    across = {
        "R37": f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) n FROM t WHERE {given} GROUP BY identifier HAVING count(*) > 1)",
        "R38": "SELECT count(*) FROM (SELECT unnest(related) r FROM t) WHERE r NOT IN (SELECT identifier FROM t WHERE identifier IS NOT NULL)",
        "R39": f"SELECT count(*) FROM (SELECT 1 FROM t WHERE {word('provider.uscc')} AND {word('provider.name')} GROUP BY provider.uscc HAVING count(DISTINCT provider.name) > 1)",
        "R40": f"SELECT count(*) FROM (SELECT 1 FROM t WHERE {word('provider.uscc')} GROUP BY provider.uscc HAVING 100 * count(*) FILTER (WHERE sharing.type IN ('1', '2')) < 60 * count(*))",
    }

    def check() -> Counter[str]:
        base = tool.connect(config={"threads": "1", "autoinstall_known_extensions": "false"})
        base.execute("CREATE TABLE t AS SELECT * FROM read_json(?, format = 'newline_delimited', columns = ?)", [str(path), columns])
        answer = base.execute(f"SELECT {', '.join(asked)} FROM t")
        found = Counter(dict(zip((one[0] for one in answer.description), map(int, answer.fetchone()), strict=True)))
        for rule, question in across.items():
            found[rule] = int(base.execute(question).fetchone()[0])
        return found

    return _timed(check)


# ---- graphs -------------------------------------------------------------------------------------------------------------------------


def pyshacl(records: list[Any]) -> Told:
    """Ten flat rules as shapes of SHACL over a graph that has been made before."""
    import pyshacl as tool
    from rdflib import Graph, Literal, Namespace
    from rdflib.namespace import RDF, SH

    own = Namespace("urn:x:")
    graph = Graph()
    for number, record in enumerate(records):
        node = own[f"r{number}"]
        graph.add((node, RDF.type, own.record))
        for key, value in _flat(record).items():
            if value is not None:
                graph.add((node, own[key], Literal(value)))
    shapes = {
        "R01": ("title", f'sh:pattern "[^{_BLANK}]"'),
        "R03": ("identifier", f'sh:pattern "{_IDENTIFIER}"'),
        "R04": ("abstract", "sh:minLength 10"),
        "R05": ("provider_name", f'sh:pattern "[^{_BLANK}]"'),
        "R06": ("uscc", f'sh:pattern "{_USCC}"'),
        "R08": ("share_type", 'sh:in ("1" "2" "3")'),
        "R12": ("open_type", 'sh:in ("1" "2" "3")'),
        "R15": ("update_frequency", 'sh:in ("1" "2" "3" "4" "5" "6" "7" "9")'),
        "R16": ("issued", f'sh:pattern "{_DAY}"'),
        "R18": ("updated", f'sh:pattern "{_DAY}"'),
    }
    text = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <urn:x:> .\n" + "".join(
        f'x:{rule} a sh:NodeShape ; sh:targetClass x:record ; sh:property [ sh:path x:{path} ; sh:minCount 1 ; sh:message "{rule}" ; {what} ] .\n'
        for rule, (path, what) in shapes.items()
    )
    rules = Graph().parse(data=text, format="turtle")

    def check() -> Counter[str]:
        _, report, _ = tool.validate(graph, shacl_graph=rules, advanced=False)
        told = {
            (str(report.value(one, SH.resultMessage)), report.value(one, SH.focusNode))
            for one in report.subjects(RDF.type, SH.ValidationResult)
        }
        return Counter(rule for rule, _ in told)

    return _timed(check)


PEERS: dict[str, tuple[Callable[[Any], Told], str, str, tuple[str, ...], int]] = {
    "jsonschema": (jsonschema, "jsonschema", "records", tuple(SCHEMAS), 2_000),
    "jsonschema-rs": (jsonschema_rs, "jsonschema_rs", "records", tuple(SCHEMAS), 0),
    "fastjsonschema": (fastjsonschema, "fastjsonschema", "records", tuple(SCHEMAS), 10_000),
    "pandera": (
        pandera,
        "pandera",
        "records",
        ("R01", "R03", "R04", "R05", "R06", *(f"R{one:02}" for one in (8, 9, 10, 11, 12, 13, 14, 15, 16, 18))),
        0,
    ),
    "polars": (
        polars,
        "polars",
        "records",
        ("R01", "R03", "R04", "R05", "R06", *(f"R{one:02}" for one in (*range(8, 17), 18, 21, 22, 23, 26, 31, 32, 33, 34))),
        0,
    ),
    "duckdb": (duckdb, "duckdb", "findings", tuple(f"R{one:02}" for one in range(1, 41)), 0),
    "pyshacl": (pyshacl, "pyshacl", "records", ("R01", "R03", "R04", "R05", "R06", "R08", "R12", "R15", "R16", "R18"), 300),
}
"""Of each tool: how it checks, its distribution, what it counts, the rules it states, and how many records are enough (0: all)."""
_READS_ITSELF = ("polars", "duckdb")


def main() -> None:
    """Runs one tool and prints what it found."""
    import orjson

    name, path = sys.argv[1], Path(sys.argv[2])
    check, distribution, counts, rules, _ = PEERS[name]
    begin = time.perf_counter()
    if name in _READS_ITSELF:
        parsing, given = 0.0, path
    else:
        with path.open("rb") as file:
            most = int(sys.argv[3]) if len(sys.argv) > 3 else 0
            given = [orjson.loads(line) for line in islice(file, most or None)]
        parsing = time.perf_counter() - begin
    seconds, found = check(given)
    peak = peak_megabytes()
    told = {
        "version": version(distribution),
        "counts": counts,
        "rules": rules,
        "parsing": parsing,
        "seconds": seconds,
        "found": found,
        "megabytes": peak,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
