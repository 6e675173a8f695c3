"""The OpenAPI document of `/api/v1`: every path, parameter, answer and problem, as the code has them."""

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import guiju
from guiju.service.api.checks import kinds
from guiju.service.checks.tasks.writing import FORMS
from guiju.service.web.knowledge import knowledge

__all__ = ["ROUTES", "document"]

_TEXT = {"type": "string", "minLength": 1, "maxLength": 400, "pattern": r"^(?=[\s\S]*\S)[^\x00]*$"}
_PAIR = {"type": "object", "required": ["zh", "en"], "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}}
_DAY = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_COUNT = {"type": "integer", "minimum": 0}
_NULLABLE_TEXT = {"type": ["string", "null"]}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}
_LANG = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "The tongue of the words in the answer; else Accept-Language.",
    "schema": {"enum": ["zh", "en"]},
}
_EVERY = ("400", "401", "403", "404", "405", "409", "413", "415", "421", "422", "429", "503")


_FINDING = {
    "type": "object",
    "required": ["number", "rule", "verdict", "severity", "subject", "where", "message", "fingerprint"],
    "properties": {
        "number": _COUNT,
        "rule": {"type": "string"},
        "verdict": {"type": "string"},
        "severity": {"enum": ["blocking", "major", "minor", "advisory"]},
        "subject": {"type": "string"},
        "file": {"type": "string"},
        "where": {"type": "array", "items": {"type": "string"}},
        "message": _NULLABLE_TEXT,
        "fix": _NULLABLE_TEXT,
        "flips": _NULLABLE_TEXT,
        "fingerprint": {"type": "string"},
    },
}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _path(name: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema or {"type": "string", "minLength": 1}}


def _answer(description: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"description": description, **({"content": content} if content is not None else {})}


def _does(
    id: str, summary: str, answers: dict[str, Any], *parameters: dict[str, Any], body: dict[str, Any] | None = None
) -> dict[str, Any]:
    problems = {status: {"$ref": "#/components/responses/Problem"} for status in _EVERY}
    does: dict[str, Any] = {"operationId": id, "summary": summary, "parameters": [*parameters, _LANG], "responses": {**problems, **answers}}
    if body is not None:
        does["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": body}}}
    return does


def _number(most: int, usual: int, least: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "default": usual}


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Guiju 规矩",
            "version": guiju.__version__,
            "description": "Checks of submissions against rules that read like clauses. See docs/service.md.",
        },
        "paths": {**_check_paths(), **_knowledge_paths(), **_record_paths()},
        "components": {
            "schemas": _schemas(),
            "responses": {
                "Problem": _answer(
                    "A problem (RFC 9457), in the tongue that was asked for.", {"application/problem+json": {"schema": _ref("Problem")}}
                )
            },
        },
    }


def _upload() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["files"],
        "additionalProperties": False,
        "properties": {
            "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
            "profile": {"enum": [one.id for one in knowledge().profiles]},
            "kind": {"enum": kinds()},
            "as_of": _DAY,
        },
    }


def _finding_list(offset: dict[str, Any], limit: dict[str, Any]) -> dict[str, Any]:
    found = {
        "200": _answer(
            "A part of the findings.",
            _json(
                {
                    "type": "object",
                    "required": ["count", "findings"],
                    "properties": {"count": _COUNT, "findings": {"type": "array", "items": _ref("Finding")}},
                }
            ),
        ),
    }
    return _does(
        "listFindings",
        "The findings of a check.",
        found,
        _path("id"),
        _query("verdict", {"enum": ["fail", "undetermined", "waived"]}, "Which verdicts."),
        _query("severity", {"enum": ["blocking", "major", "minor", "advisory"]}, "Which severity."),
        _query("rule", _TEXT, "Of which rule."),
        offset,
        limit,
    )


def _check_paths() -> dict[str, Any]:
    offset, limit = (
        _query("offset", _number(1_000_000, 0, 0), "How many to pass over."),
        _query("limit", _number(1_000, 100, 1), "How many to give at most."),
    )
    reports: dict[str, Any] = {form.media.partition(";")[0]: {} for form in FORMS.values()}
    return {
        "/api/v1/checks": {
            "post": _does(
                "createCheck",
                "Check files. With wait=true the answer comes when the check is over, and a check whose asker goes away is ended.",
                {"201": _answer("It is over.", _json(_ref("Check"))), "202": _answer("It waits or runs.", _json(_ref("Check")))},
                _query("wait", {"type": "boolean"}, "Answer when the check is over."),
                body=_upload(),
            )
        },
        "/api/v1/checks/{id}": {
            "get": _does(
                "showCheck",
                "The state of a check, and its result at a glance.",
                {"200": _answer("The check.", _json(_ref("Check")))},
                _path("id"),
            ),
            "delete": _does("endCheck", "End and forget a check.", {"204": _answer("It is gone.")}, _path("id")),
        },
        "/api/v1/checks/{id}/findings": {"get": _finding_list(offset, limit)},
        "/api/v1/checks/{id}/reports/{form}": {
            "get": _does(
                "getReport",
                "A form of the result, with the bytes that the command writes.",
                {"200": _answer("The file.", reports)},
                _path("id"),
                _path("form", {"enum": list(FORMS)}),
            )
        },
    }


def _knowledge_paths() -> dict[str, Any]:
    offset, limit = (
        _query("offset", _number(1_000_000, 0, 0), "How many to pass over."),
        _query("limit", _number(1_000, 100, 1), "How many to give at most."),
    )

    def listed(name: str, item: dict[str, Any]) -> dict[str, Any]:
        return {
            "200": _answer(
                "The list.", _json({"type": "object", "required": [name], "properties": {name: {"type": "array", "items": item}}})
            )
        }

    thing = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    named = {"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "string"}, "name": _PAIR}}
    registry_kinds = [one.id for one in knowledge().registry.kinds]
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {
        "/api/v1/kinds": {"get": _does("listKinds", "The kinds of subjects with their fields.", listed("kinds", named))},
        "/api/v1/profiles": {"get": _does("listProfiles", "The profiles.", listed("profiles", named))},
        "/api/v1/rules": {
            "get": _does("listRules", "The rules.", listed("rules", named), _query("q", _TEXT, "Words that they hold."), offset, limit)
        },
        "/api/v1/rules/{id}": {
            "get": _does("showRule", "One rule in both tongues.", {"200": _answer("The rule.", _json(named))}, _path("id"))
        },
        "/api/v1/standards": {
            "get": _does(
                "listStandards",
                "The instruments of the registry.",
                listed("standards", thing),
                _query("q", _TEXT, "Words of number, title or names."),
                _query("kind", {"enum": registry_kinds}, "Those that such a project has to reckon with."),
                _query("on", _DAY, "As they stand on a day."),
            )
        },
        "/api/v1/standards/{id}": {
            "get": _does(
                "showStandard",
                "One instrument.",
                {"200": _answer("It.", _json(thing))},
                _path("id"),
                _query("on", _DAY, "As it stands on a day."),
            )
        },
        "/api/v1/templates/{kind}": {
            "get": _does("getTemplate", "A form to fill.", {"200": _answer("A workbook.", {book: {}})}, _path("kind"))
        },
    }


def _record_paths() -> dict[str, Any]:
    file = {"type": "string", "format": "binary"}
    body = {
        "type": "object",
        "required": ["pack"],
        "additionalProperties": False,
        "properties": {
            "pack": file,
            "inputs": {"type": "array", "items": file},
            "key": {"type": "string", "pattern": "^-----BEGIN [A-Z ]+-----"},
        },
    }
    return {
        "/api/v1/verify": {
            "post": _does("verify", "Verify a pack or a slip.", {"200": _answer("What holds.", _json(_ref("Verified")))}, body=body)
        },
        "/api/v1/runs": {
            "get": _does(
                "listRuns",
                "The runs that were kept.",
                {
                    "200": _answer(
                        "The runs.",
                        _json(
                            {"type": "object", "required": ["runs"], "properties": {"runs": {"type": "array", "items": {"type": "object"}}}}
                        ),
                    )
                },
                _query("limit", _number(1_000, 100, 1), "How many to give at most."),
            )
        },
        "/api/v1/runs/{id}": {
            "get": _does("showRun", "The report of a run.", {"200": _answer("The report.", _json({"type": "object"}))}, _path("id"))
        },
    }


def _schemas() -> dict[str, Any]:
    outcome = {
        "type": ["object", "null"],
        "properties": {"name": {"type": "string"}, "colour": {"enum": ["red", "yellow", "green", "grey"]}},
    }
    result = {
        "type": ["object", "null"],
        "properties": {
            "outcome": outcome,
            "as_of": _DAY,
            "expected": _COUNT,
            "judged": _COUNT,
            "must": _COUNT,
            "advice": _COUNT,
            "tally": {"type": "object"},
            "ruleset": {"type": "string"},
        },
    }
    return {
        "Problem": _PROBLEM,
        "Check": {
            "type": "object",
            "required": ["id", "state", "files", "words", "result"],
            "properties": {
                "id": {"type": "string"},
                "state": {"enum": ["waiting", "running", "done", "failed", "cancelled"]},
                "files": {"type": "array", "items": {"type": "string"}},
                "words": _NULLABLE_TEXT,
                "result": result,
            },
        },
        "Finding": _FINDING,
        "Verified": {
            "type": "object",
            "required": ["outcome", "checks"],
            "properties": {"outcome": {"enum": ["holds", "broken", "not_done"]}, "checks": {"type": "array", "items": {"type": "object"}}},
        },
    }


async def openapi(request: Request) -> Response:
    """The document."""
    return JSONResponse(document())


ROUTES = [Route("/api/v1/openapi.json", openapi, methods=["GET"])]
