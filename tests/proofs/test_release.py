"""From rules to a release and from a release to a check: versions, refusals, signatures, and what an update never takes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proofs.conftest import Done
from tests.proofs.test_planted import RULE, SHAPE

pytest.importorskip("z3")
pytest.importorskip("tuf")

from guiju.evidence.signers import SIGNERS, public_of
from guiju.release.bundle import open_bundle

DAY = ("--as-of", "2026-03-02")


def written(path: Path, *requirements: str) -> Path:
    text = SHAPE.format(name="物", id="thing")
    text += "".join(RULE.format(name=f"第{at}条", id=f"rule_{at}", body=f"  应当 {one}") for at, one in enumerate(requirements))
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def first(guiju: Callable[..., Done], tmp_path: Path) -> Path:
    out = tmp_path / "first.gjr"
    done = guiju("release", "build", written(tmp_path / "first.gj", "甲 > 5", "钱 ≥ 100万元"), *DAY, "-o", out)
    assert done.exit_code == 0, done.stderr
    return out


@pytest.mark.parametrize(
    ("requirements", "version"),
    [
        (("甲 > 6", "钱 ≥ 100万元"), "2.0.0"),
        (("甲 > 4", "钱 ≥ 100万元"), "1.1.0"),
        (("甲 > 5", "钱 ≥ 100万元", "色 是 红"), "1.1.0"),
        (("甲 ≥ 6", "钱 ≥ 100万元"), "1.0.1"),
        (("甲 > 5", "钱 ≥ 100万元"), "1.0.0"),
    ],
)
def test_the_version_follows_from_what_verdicts_do(
    guiju: Callable[..., Done], tmp_path: Path, first: Path, requirements: tuple[str, ...], version: str
) -> None:
    out = tmp_path / "next.gjr"
    done = guiju("release", "build", written(tmp_path / "next.gj", *requirements), *DAY, "--previous", first, "-o", out)
    assert done.exit_code == 0, done.stderr
    assert open_bundle(out.read_bytes()).manifest["version"] == version


def test_the_same_rules_give_the_same_bytes(guiju: Callable[..., Done], tmp_path: Path, first: Path) -> None:
    out = tmp_path / "again.gjr"
    guiju("release", "build", tmp_path / "first.gj", *DAY, "-o", out)
    assert out.read_bytes() == first.read_bytes()


def test_what_contradicts_itself_is_not_published(guiju: Callable[..., Done], tmp_path: Path) -> None:
    out = tmp_path / "bad.gjr"
    done = guiju("release", "build", written(tmp_path / "bad.gj", "甲 > 5 且 甲 < 3"), *DAY, "-o", out)
    assert done.exit_code == 1 and "never pass" in done.stderr and not out.exists()


def test_a_release_is_taken_where_rules_are_taken(guiju: Callable[..., Done], tmp_path: Path, first: Path) -> None:
    things = tmp_path / "things.json"
    things.write_text(json.dumps([{"kind": "thing", "a": 3}]), encoding="utf-8")
    by_text = guiju("check", things, "--rules", tmp_path / "first.gj", *DAY, "--format", "json").stdout
    by_release = guiju("check", things, "--rules", first, *DAY, "--format", "json").stdout
    assert json.loads(by_text)["findings"] == json.loads(by_release)["findings"] != []


def test_a_changed_file_is_none(guiju: Callable[..., Done], tmp_path: Path, first: Path) -> None:
    data = first.read_bytes()
    first.write_bytes(data.replace("甲 > 5".encode(), "甲 > 4".encode()))
    done = guiju("release", "verify", first)
    assert done.exit_code == 2 and len(done.stderr.strip().splitlines()) == 1
    (tmp_path / "none.gjr").write_bytes(b"PK nothing")
    assert guiju("check", tmp_path / "first.gj", "--rules", tmp_path / "none.gjr").exit_code == 2


def test_from_build_to_update(guiju: Callable[..., Done], tmp_path: Path, first: Path) -> None:
    repository, keys, state = tmp_path / "repository", tmp_path / "keys", tmp_path / "state"
    assert guiju("release", "publish", first, "--to", repository, "--keys", keys, "--new-keys").exit_code == 1  # not signed
    private, stranger = SIGNERS["ed25519"].generate(), SIGNERS["ed25519"].generate()
    for name, pem in (("key.pem", private), ("key.pub", public_of(private)), ("stranger.pub", public_of(stranger))):
        (tmp_path / name).write_bytes(pem)
    signed = tmp_path / "signed.gjr"
    assert guiju("release", "sign", first, "--key", tmp_path / "key.pem", "-o", signed).exit_code == 0
    assert guiju("release", "verify", signed, "--key", tmp_path / "key.pub").exit_code == 0
    assert guiju("release", "verify", signed, "--key", tmp_path / "stranger.pub").exit_code == 2
    assert guiju("release", "publish", signed, "--to", repository, "--keys", keys, "--new-keys").exit_code == 0
    root = repository / "metadata" / "1.root.json"
    assert guiju("rules", "update", repository, "--into", state).exit_code == 2  # nothing is trusted yet
    done = guiju("rules", "update", repository, "--into", state, "--root", root)
    assert done.exit_code == 0, done.stderr
    in_use = Path(done.stdout.strip())
    assert in_use.read_bytes() == signed.read_bytes()
    older = tmp_path / "older"
    shutil.copytree(repository, older)
    assert guiju("release", "publish", signed, "--to", repository, "--keys", keys).exit_code == 0
    assert guiju("rules", "update", repository, "--into", state).exit_code == 0
    done = guiju("rules", "update", older, "--into", state)
    assert done.exit_code == 2 and "older" in done.stderr and in_use.read_bytes() == signed.read_bytes()
    expired = tmp_path / "expired"
    shutil.copytree(repository, expired)
    assert guiju("release", "publish", signed, "--to", expired, "--keys", keys, "--days", "-1").exit_code == 0
    done = guiju("rules", "update", expired, "--into", state)
    assert done.exit_code == 2 and "expired" in done.stderr and in_use.read_bytes() == signed.read_bytes()
    foreign = tmp_path / "foreign"
    assert guiju("release", "publish", signed, "--to", foreign, "--keys", tmp_path / "others", "--new-keys").exit_code == 0
    done = guiju("rules", "update", foreign, "--into", tmp_path / "fresh", "--root", root)
    assert done.exit_code == 2 and "signature" in done.stderr and len(done.stderr.strip().splitlines()) == 1
