"""Packs a run: inputs or their digests, sealed rules, calendar, waivers, findings, reports, manifest and signature in one zip.

The bytes follow from the inputs alone: packed twice, on any machine and in any folder, it is the same file.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from guiju.dsl.ruleset import Ruleset, to_bytes
from guiju.evidence.archive import write_archive
from guiju.evidence.derive import Derived, calendar_bytes, derive
from guiju.evidence.excerpt import excerpt_of
from guiju.evidence.inputs import digest
from guiju.evidence.model import FORMAT, Asked, InputFile, Writer
from guiju.evidence.signers import public_of, signer_of
from guiju.reports.layout.words import VERDICT_ORDER
from guiju.terms.time.calendar import Calendar

__all__ = ["CALENDAR", "MANIFEST", "RULESET", "SIGNATURE", "excerpts_of", "manifest_of", "pack", "sealed_files", "signature_of"]

MANIFEST, SIGNATURE, RULESET, CALENDAR = "manifest.json", "signature.json", "ruleset.gjr", "calendar.json"


def pack(
    inputs: Sequence[InputFile],
    ruleset: Ruleset,
    calendar: Calendar,
    waiver_texts: Mapping[str, bytes],
    asked: Asked,
    writer: Writer,
    *,
    with_inputs: bool,
    key: bytes | None = None,
) -> tuple[bytes, Derived]:
    """The zip, signed where a private key is given, and the run that is in it."""
    derived = derive(inputs, ruleset, calendar, waiver_texts, asked, writer)
    files = sealed_files(ruleset, calendar, waiver_texts, derived)
    if with_inputs:
        files |= {f"inputs/{file.name}": file.data for file in inputs}
    manifest = manifest_of(inputs, asked, derived, files, excerpts_of(ruleset, derived), with_inputs=with_inputs)
    files[MANIFEST] = manifest
    if key is not None:
        files[SIGNATURE] = signature_of(manifest, key)
    return write_archive(files), derived


def signature_of(manifest: bytes, key: bytes) -> bytes:
    """The signature over the bytes of a manifest, with the public key that checks it."""
    signer = signer_of(key)
    plain = {"algorithm": signer.id, "public_key": public_of(key).decode("ascii"), "signature": signer.sign(key, manifest).hex()}
    return _json(plain)


def sealed_files(ruleset: Ruleset, calendar: Calendar, waiver_texts: Mapping[str, bytes], derived: Derived) -> dict[str, bytes]:
    """Everything in a pack but its inputs, its manifest and its signature."""
    files = {RULESET: to_bytes(ruleset), CALENDAR: calendar_bytes(calendar), **dict(derived.files)}
    return files | {f"waivers/{name}": data for name, data in waiver_texts.items()}


def excerpts_of(ruleset: Ruleset, derived: Derived) -> dict[str, str]:
    """The digest of the part of the rules that a slip of each finding holds, by rule."""
    return {rule: digest(to_bytes(excerpt_of(rule, ruleset))) for rule in sorted({one.rule for one in derived.report.findings})}


def manifest_of(
    inputs: Sequence[InputFile],
    asked: Asked,
    derived: Derived,
    files: Mapping[str, bytes],
    excerpts: Mapping[str, str] | None,
    *,
    with_inputs: bool,
) -> bytes:
    """What binds everything: how the run was asked for, its inputs and results, and the digest of each file.

    A pack of before there were excerpts binds none.
    """
    where = derived.report.provenance
    return _json(
        {
            "format": FORMAT,
            "guiju": {
                "package": where.package,
                "language": where.language,
                "ruleset": where.ruleset,
                "registry": where.registry_date,
                "registry_digest": where.registry,
                "calendar": where.calendar,
            },
            "run": {
                "as_of": asked.as_of.isoformat(),
                "tongue": asked.tongue.value,
                "kind": asked.kind,
                "encoding": asked.encoding,
                "forms": list(asked.forms),
            },
            "inputs": [{"name": one.name, "sha256": digest(one.data), "size": len(one.data), "packed": with_inputs} for one in inputs],
            "submitted": derived.submission.submitted.isoformat() if derived.submission.submitted else None,
            "subjects": {kind.id: kind.count for kind in derived.report.kinds},
            "records": {"count": len(derived.submission.records), "root": derived.records_root},
            "findings": {"count": len(derived.lines), "root": derived.findings_root},
            "tally": {verdict.name: derived.report.count(verdict) for verdict in VERDICT_ORDER},
            **({} if excerpts is None else {"excerpts": dict(excerpts)}),
            "files": [{"name": name, "sha256": digest(files[name]), "size": len(files[name])} for name in sorted(files)],
        }
    )


def _json(plain: dict[str, Any]) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
