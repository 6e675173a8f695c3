"""A pack holds or it does not, byte for byte; a slip shows one verdict and keeps what belongs to others."""

import json
import os
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("cryptography")

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from guiju.dsl.ruleset import Ruleset, from_bytes
from guiju.evidence import commitment
from guiju.evidence import pack as packing
from guiju.evidence.archive import ArchiveFault, ArchiveLimits, read_archive, write_archive
from guiju.evidence.inputs import gather
from guiju.evidence.model import Asked, Check, InputFile, Outcome, PackFault
from guiju.evidence.pack import pack
from guiju.evidence.signers import SIGNERS, KeyFault, Signer, public_of, signer_of
from guiju.evidence.slip import make_slip, verify_slip
from guiju.evidence.verify import open_pack, verify_pack
from guiju.reports.model import Report
from guiju.reports.writers.to_json import to_json
from guiju.standards.load import load_calendar
from guiju.terms.tongue import Tongue
from tests.check import compiled

RULES = """\
对象 数据集 / dataset
  名称 name 文本 主键
  代码 code 文本
  更新周期 cycle 文本
  联系人 person 文本 敏感 个人
  联系电话 phone 文本

规则 联系人已写明 / cycle_stated
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 更新周期 已提供

规则 联系人是科室 / person_is_office
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 联系人 = "办公室"

规则 代码唯一 / code_unique
  依据 个人信息保护法 第二十八条第一款
  对象 数据集
  应当 代码 唯一
"""
INPUT = """\
数据集:
  - {名称: 甲, 代码: A1, 更新周期: 每日, 联系人: 欧阳某某, 联系电话: "13800138000"}
  - {名称: 乙, 代码: A1, 联系人: 办公室, 联系电话: 秘密号码}
  - {名称: 丙, 代码: A3, 更新周期: 每月, 联系人: 办公室}
"""
ASKED = Asked(as_of=date(2026, 3, 17), tongue=Tongue.ZH, forms=("json",))
WAIVERS = "- {id: W, rule: PIPL.28.1.cycle_stated, scope: {subjects: 乙}, approver: a, number: b, reason: c, to: 2026-12-31}\n"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compiled(RULES)


@pytest.fixture(scope="module")
def key() -> bytes:
    return SIGNERS["ed25519"].generate()


def written(form: str, report: Report, tongue: Tongue) -> bytes:
    return to_json(report, tongue)


def packed(ruleset: Ruleset, *, key: bytes | None = None, with_inputs: bool = True, text: str = INPUT, waivers: str = "") -> bytes:
    texts = {"1-w.yaml": waivers.encode()} if waivers else {}
    inputs = (InputFile(name="c.yaml", data=text.encode()),)
    return pack(inputs, ruleset, load_calendar(), texts, ASKED, written, with_inputs=with_inputs, key=key)[0]


def outcomes(checks: tuple[Check, ...]) -> set[Outcome]:
    return {one.outcome for one in checks}


def verified(data: bytes, supplied: tuple[InputFile, ...] = (), key: bytes | None = None) -> set[Outcome]:
    return outcomes(verify_pack(open_pack(data), supplied, written, key=key))


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    files = read_archive(data)
    assert old in files[name]
    return write_archive({**files, name: files[name].replace(old, new)})


# ---- packs -------------------------------------------------------------------------------------------------------------------


def test_a_pack_holds_and_is_the_same_file_each_time(ruleset: Ruleset, key: bytes) -> None:
    first = packed(ruleset, key=key, waivers=WAIVERS)
    assert first == packed(ruleset, key=key, waivers=WAIVERS)
    assert verified(first, key=public_of(key)) == {Outcome.HOLDS}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("findings.jsonl", b'"FAIL"', b'"PASS"'),
        ("reports/report.json", "乙".encode(), "丁".encode()),
        ("decisions.jsonl", b"redacted", b"shown"),
        ("calendar.json", b"2026", b"2027"),
        ("inputs/c.yaml", "每日".encode(), "每年".encode()),
        ("waivers/1-w.yaml", b"2026-12-31", b"2029-12-31"),
        ("ruleset.gjr", b"cycle_stated", b"cycle_stater"),
        ("manifest.json", b'"FAIL": ', b'"FAIL": 1'),
        ("manifest.json", b"2026-03-17", b"2026-03-18"),
        ("signature.json", b'"signature": "', b'"signature": "00'),
    ],
)
def test_a_change_anywhere_in_a_pack_is_found(ruleset: Ruleset, key: bytes, name: str, old: bytes, new: bytes) -> None:
    data = changed(packed(ruleset, key=key, waivers=WAIVERS), name, old, new)
    assert outcomes(verify_pack(open_pack(data), (), written)) & {Outcome.BROKEN, Outcome.NOT_DONE}


@pytest.mark.parametrize("how", ["a byte in the middle", "its last byte", "all of it"])
def test_no_member_of_a_pack_can_be_touched_unseen(ruleset: Ruleset, key: bytes, how: str) -> None:
    files = read_archive(packed(ruleset, key=key, waivers=WAIVERS))
    assert len(files) == 9
    unseen = []
    for name, whole in files.items():
        at = len(whole) // 2 if how == "a byte in the middle" else len(whole) - 1
        touched = {**files, name: whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]}
        if how == "all of it":
            del touched[name]
        try:
            holds = outcomes(verify_pack(open_pack(write_archive(touched)), (), written, key=public_of(key))) == {Outcome.HOLDS}
        except PackFault:
            continue
        unseen += [name] if holds else []
    assert unseen == []


def test_a_further_algorithm_is_one_more_row(ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SIGNERS, "ecdsa-p256", _ecdsa())
    key = SIGNERS["ecdsa-p256"].generate()
    data = packed(ruleset, key=key)
    assert json.loads(read_archive(data)["signature.json"])["algorithm"] == "ecdsa-p256"
    assert verified(data, key=public_of(key)) == {Outcome.HOLDS}
    assert Outcome.BROKEN in verified(data, key=public_of(SIGNERS["ecdsa-p256"].generate()))
    assert Outcome.BROKEN in verified(data, key=public_of(SIGNERS["ed25519"].generate()))
    monkeypatch.delitem(SIGNERS, "ecdsa-p256")
    assert Outcome.BROKEN in verified(data)  # a program without that row does not take the signature for good


def _ecdsa() -> Signer:
    """A row as another algorithm would have it, of a cipher that is at hand."""
    way = ec.ECDSA(hashes.SHA256())

    def private(pem: bytes) -> ec.EllipticCurvePrivateKey:
        key = serialization.load_pem_private_key(pem, None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key

    def verify(pem: bytes, signature: bytes, message: bytes) -> bool:
        key = serialization.load_pem_public_key(pem)
        try:
            assert isinstance(key, ec.EllipticCurvePublicKey)
            key.verify(signature, message, way)
        except InvalidSignature:
            return False
        return True

    pkcs8 = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    plain = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Signer(
        id="ecdsa-p256",
        generate=lambda: ec.generate_private_key(ec.SECP256R1()).private_bytes(*pkcs8),
        owns=lambda key: isinstance(key, ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey),
        public=lambda pem: private(pem).public_key().public_bytes(*plain),
        sign=lambda pem, message: private(pem).sign(message, way),
        verify=verify,
    )


def test_a_forged_finding_is_found_though_every_digest_was_made_anew(ruleset: Ruleset) -> None:
    """Somebody who rewrites the manifest too is found by judging again."""
    import hashlib

    files = read_archive(packed(ruleset))
    forged = files["findings.jsonl"].replace('"甲"'.encode(), '"乙"'.encode())
    was, is_ = (hashlib.sha256(one).hexdigest() for one in (files["findings.jsonl"], forged))
    manifest = files["manifest.json"].replace(was.encode(), is_.encode())
    data = write_archive({**files, "findings.jsonl": forged, "manifest.json": manifest})
    broken = [one.what.en for one in verify_pack(open_pack(data), (), written) if one.outcome is Outcome.BROKEN]
    assert broken == ["findings.jsonl, made again", "the manifest, made again"]


def test_a_file_beside_the_manifest_is_found(ruleset: Ruleset) -> None:
    assert Outcome.BROKEN in verified(write_archive({**read_archive(packed(ruleset)), "more.txt": b"x"}))


def test_without_its_inputs_a_pack_is_verified_in_part_and_with_them_as_a_whole(ruleset: Ruleset) -> None:
    data = packed(ruleset, with_inputs=False)
    assert not any(name.startswith("inputs/") for name in read_archive(data))
    assert verified(data) == {Outcome.HOLDS, Outcome.NOT_DONE}
    assert verified(data, (InputFile(name="under another name.yaml", data=INPUT.encode()),)) == {Outcome.HOLDS}
    assert Outcome.NOT_DONE in verified(data, (InputFile(name="c.yaml", data=INPUT.encode() + b"\n"),))


def test_only_the_trusted_key_is_trusted(ruleset: Ruleset, key: bytes) -> None:
    data, other = packed(ruleset, key=key), public_of(SIGNERS["ed25519"].generate())
    assert Outcome.BROKEN in verified(data, key=other)
    assert Outcome.BROKEN in verified(packed(ruleset), key=other)
    assert verified(packed(ruleset)) == {Outcome.HOLDS}


def test_what_is_no_key_is_a_fault() -> None:
    for data in (b"", b"-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n", b"\xff" * 100):
        with pytest.raises(KeyFault):
            signer_of(data)


def test_inputs_are_named_without_the_folder_they_lay_in(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder / "in").mkdir(parents=True)
        (tmp_path / folder / "in" / "x.yaml").write_text("k: 1", encoding="utf-8")
    assert [one.name for one in gather([str(tmp_path / "a")])] == ["in/x.yaml"]
    assert [one.name for one in gather([str(tmp_path / "a/in/x.yaml"), str(tmp_path / "b/in/x.yaml")])] == ["x.yaml", "2/x.yaml"]
    with pytest.raises(PackFault):
        gather([str(tmp_path / "nowhere.yaml")])


# ---- hostile archives ----------------------------------------------------------------------------------------------------------


def zipped(*files: tuple[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\..\\x", "C:/x", "a//b", "a/", "a\nb"])
def test_a_name_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(ArchiveFault):
        read_archive(zipped((name, b"x")))


def test_a_bomb_a_crowd_a_twin_and_a_wreck_are_refused() -> None:
    with pytest.raises(ArchiveFault, match="too_large"):
        read_archive(zipped(("x", b"\0" * 50_000_000), how=zipfile.ZIP_DEFLATED))
    with pytest.raises(ArchiveFault, match="too_many"):
        read_archive(zipped(*((str(at), b"") for at in range(20))), ArchiveLimits(files=10))
    with pytest.warns(UserWarning), pytest.raises(ArchiveFault, match="twice"):
        read_archive(zipped(("x", b"1"), ("x", b"2")))
    for data in (b"", b"PK\x03\x04", zipped(("x", b"y" * 500))[:-30], os.urandom(300)):
        with pytest.raises(ArchiveFault):
            read_archive(data)


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"format": "guiju-evidence 1"}', b"[" * 100_000, b'{"format": 3}', b"\xff"])
def test_a_manifest_that_is_none_is_a_fault_and_no_crash(manifest: bytes) -> None:
    with pytest.raises(PackFault):
        open_pack(write_archive({"manifest.json": manifest}))


# ---- the decision log ----------------------------------------------------------------------------------------------------------


def test_personal_values_are_not_in_the_log_and_are_bound_by_it(ruleset: Ruleset) -> None:
    log = read_archive(packed(ruleset))["decisions.jsonl"].decode()
    assert "欧阳某某" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    (operand,) = [one for line in lines if line["rule"].endswith("person_is_office") for one in line["operands"]]
    assert operand["redacted"] == "个人"
    other = read_archive(packed(ruleset, text=INPUT.replace("欧阳某某", "司马某某")))["decisions.jsonl"].decode()
    assert operand["digest"] not in other


# ---- slips -------------------------------------------------------------------------------------------------------------------


def fingerprint(data: bytes, rule: str) -> str:
    lines = (json.loads(line) for line in read_archive(data)["findings.jsonl"].splitlines())
    return next(str(one["fingerprint"]) for one in lines if one["rule"].endswith(rule))


def slip(data: bytes, rule: str) -> bytes:
    return make_slip(open_pack(data), (), written, fingerprint(data, rule))


@pytest.mark.parametrize("rule", ["cycle_stated", "person_is_office", "code_unique"])
def test_a_slip_holds_and_says_its_verdict(ruleset: Ruleset, key: bytes, rule: str) -> None:
    data = packed(ruleset, key=key, waivers=WAIVERS)
    checks, finding = verify_slip(slip(data, rule), key=public_of(key))
    assert outcomes(checks) == {Outcome.HOLDS}
    assert (finding["verdict"], finding["rule"].endswith(rule)) == ("FAIL", True)


def test_a_slip_shows_the_record_of_its_subject_and_no_other(ruleset: Ruleset) -> None:
    said = slip(packed(ruleset), "cycle_stated").decode()
    assert "乙" in said
    assert "欧阳某某" not in said


def test_a_slip_of_a_rule_over_all_records_shows_of_others_only_what_the_rule_reads(ruleset: Ruleset) -> None:
    plain = json.loads(slip(packed(ruleset), "code_unique"))
    shown = {one["number"]: {id for id, held in one["fields"].items() if "value" in held} for one in plain["records"]}
    assert shown == {0: {"name", "code", "cycle", "person", "phone"}, 1: {"name", "code"}, 2: {"name", "code"}}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"number": 1', '"number": 2'),
        ('"value": "A1"', '"value": "A9"'),
        ("FAIL", "PASS"),
        ('"at": ', '"at": 1'),
        ("cycle_stated", "cycle_stale"),
        ("2026-03-17", "2026-03-16"),
    ],
)
def test_a_changed_slip_does_not_hold(ruleset: Ruleset, key: bytes, old: str, new: str) -> None:
    text = slip(packed(ruleset, key=key), "code_unique").decode()
    assert old in text
    try:
        checks, _ = verify_slip(text.replace(old, new).encode(), key=public_of(key))
    except PackFault:
        return
    assert Outcome.BROKEN in outcomes(checks)


def test_a_slip_that_leaves_out_a_record_does_not_hold(ruleset: Ruleset) -> None:
    plain = json.loads(slip(packed(ruleset), "code_unique"))
    for less in ({**plain, "records": plain["records"][:2]}, {**plain, "records": plain["records"][:2], "whole": []}):
        checks, _ = verify_slip(json.dumps(less).encode())
        assert Outcome.BROKEN in outcomes(checks)


def test_a_slip_holds_the_rules_that_it_needs_and_no_others(ruleset: Ruleset) -> None:
    part = from_bytes(json.loads(slip(packed(ruleset), "code_unique"))["ruleset"].encode())
    assert [one.name.en for one in part.rules] == ["code_unique"] and part.judged == part.terms == part.frameworks == ()


def test_rules_that_the_manifest_does_not_bind_are_not_run(ruleset: Ruleset) -> None:
    plain = json.loads(slip(packed(ruleset), "code_unique"))
    other = json.loads(slip(packed(ruleset), "person_is_office"))
    checks, _ = verify_slip(json.dumps(plain | {"ruleset": other["ruleset"]}).encode())
    assert Outcome.BROKEN in outcomes(checks) and len(checks) < len(verify_slip(json.dumps(plain).encode())[0])


def test_a_pack_of_before_there_were_excerpts_still_holds_and_gives_a_slip(ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(packing, "excerpts_of", lambda *_: None)
        data = packed(ruleset)
    assert "excerpts" not in open_pack(data).manifest and verified(data) == {Outcome.HOLDS}
    made = slip(data, "code_unique")
    assert len(from_bytes(json.loads(made)["ruleset"].encode()).rules) == len(ruleset.rules)
    assert outcomes(verify_slip(made)[0]) == {Outcome.HOLDS}


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"format": "guiju-slip 1"}', b"{" * 100_000, b"\xff\xfe"])
def test_what_is_no_slip_is_a_fault_and_no_crash(data: bytes) -> None:
    with pytest.raises(PackFault):
        verify_slip(data)


def test_a_slip_of_nothing_or_of_two_is_a_fault(ruleset: Ruleset) -> None:
    for start in ("", "abc", "f" * 64):
        with pytest.raises(PackFault):
            make_slip(open_pack(packed(ruleset)), (), written, start)


# ---- commitments ---------------------------------------------------------------------------------------------------------------

_RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(_RAW)
def test_a_raw_value_comes_back_as_it_was(value: object) -> None:
    back = commitment.from_plain(json.loads(json.dumps(commitment.to_plain(value))))
    assert (back, str(back)) == (value, str(value))


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=20), st.data())
def test_every_leaf_leads_to_the_root_from_its_own_place_alone(lines: list[bytes], data: st.DataObject) -> None:
    leaves = [commitment.leaf_of(bytes([at]) + line) for at, line in enumerate(lines)]
    at = data.draw(st.integers(0, len(leaves) - 1))
    root, path = commitment.root_of(leaves), commitment.path_in(leaves, at)
    assert commitment.root_of_path(leaves[at], at, path) == root
    assert all(commitment.root_of_path(other, at, path) != root for other in leaves if other != leaves[at])


def test_equal_values_of_two_records_do_not_show_as_equal() -> None:
    secret = commitment.secret_of([b"x"])
    digests = {commitment.field_digest(commitment.salt_of(secret, number, "f"), "f", "same") for number in range(3)}
    assert len(digests) == 3
    assert commitment.to_plain(Decimal("1.50")) == {"$decimal": "1.50"}


# ---- byte identity of the whole program ----------------------------------------------------------------------------------------


def test_two_surroundings_give_the_same_bytes_in_every_form(tmp_path: Path, root: Path) -> None:
    """Another time zone, locale, folder and order of hashing change nothing."""
    from guiju.reports.formats import FORMATS

    surroundings = (
        {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1", "COLUMNS": "100"},
        {"TZ": "America/New_York", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "4711", "COLUMNS": "100"},
    )
    made = []
    for number, more in enumerate(surroundings):
        folder = tmp_path / f"folder {number}"
        folder.mkdir()
        (folder / "faulty.yaml").write_bytes((root / "examples" / "catalog" / "faulty.yaml").read_bytes())
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "HOME": str(folder), "GUIJU_CACHE": str(tmp_path / "cache"), **more}
        outputs = [word for form in ("text", *FORMATS) for word in (f"--output.{form}", f"out.{form}")]

        def run(*words: str, cwd: Path = folder, env: dict[str, str] = environ) -> bytes:
            done = subprocess.run([sys.executable, "-m", "guiju", *words], cwd=cwd, env=env, capture_output=True, timeout=300, check=False)
            assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
            return done.stdout

        said = run("check", "faulty.yaml", "--lang", "zh", "--as-of", "2026-03-17", *outputs)
        run("evidence", "pack", "faulty.yaml", "-o", "pack.zip", "--lang", "zh", "--with-inputs")
        made.append({"stdout": said, **{file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}})
    assert set(made[0]) == set(made[1]) and len(made[0]) > len(FORMATS)
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []
