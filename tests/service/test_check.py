"""检查 without script: every step works with forms alone, and what is downloaded has the bytes that the command writes."""

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.service.serving import ROOT, Client, Service, book, many_rows


def _command(folder: Path, *words: str, lang: str = "zh") -> None:
    done = subprocess.run(
        [sys.executable, "-m", "guiju", *words, "--lang", lang], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr


def test_a_check_leads_from_the_files_to_the_findings(client: Client, catalog: Path) -> None:
    link = client.checked(catalog)
    page = client.get(link).text
    assert "有条件共享写明范围和用途" in page and "数据集!H2" in page
    assert "政务数据共享条例第十五条第二款" in page
    assert 'class="marked' in page and "目录.xlsx" in page


_ROWS = "数据集名称,提供单位,更新频率\n甲,市水务局,每年\n乙,市水务局,每月\n"
_LINES = ('{"数据集名称": "甲", "提供单位": "市水务局"}', '{"数据集名称": "乙", "提供单位": "市水务局"}')


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("目录.yaml", "数据集:\n  - {名称: 甲, 提供单位: 市水务局}\n  - {名称: 乙}\n"),
        ("目录.json", f"[{', '.join(_LINES)}]"),
        ("包.json", '{"success": true, "result": {"results": [{"title": "甲", "resources": [{"format": "CSV"}], "tags": []}]}}'),
        ("目录.jsonld", '{"@context": "https://schema.org/", "@type": "Dataset", "name": "甲"}'),
        ("目录.ndjson", "\n".join(_LINES) + "\n"),
        ("目录.csv", _ROWS),
        ("两段.csv", _ROWS + _ROWS),
    ],
)
def test_what_is_written_as_text_is_checked_marked_and_reported(client: Client, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    link = client.checked(tmp_path / name)
    assert "没有检查成" not in client.get(link).text
    assert client.get(f"{link}/get/json").json()["inputs"][0]["file"].endswith(name)
    assert client.get(f"{link}/get/marked").status_code == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["json", "html", "xlsx", "docx", "csv", "sarif", "markdown", "junit", "oscal"])
def test_a_report_has_the_bytes_of_the_command(served: Service, tmp_path: Path, form: str, lang: str) -> None:
    file = book(tmp_path / "目录.xlsx")
    with served.client(lang=lang) as client:
        link = client.checked(file, as_of="2026-11-01")
        given = client.get(f"{link}/get/{form}")
    assert given.status_code == 200 and "attachment" in given.headers["content-disposition"]
    _command(tmp_path, "check", "目录.xlsx", "--as-of", "2026-11-01", "-f", form, "-o", "out", lang=lang)
    assert given.content == (tmp_path / "out").read_bytes()


def test_the_marked_file_has_the_bytes_of_the_command(client: Client, catalog: Path) -> None:
    link = client.checked(catalog, as_of="2026-11-01")
    given = client.get(f"{link}/get/marked")
    _command(catalog.parent, "check", "目录.xlsx", "--as-of", "2026-11-01", "--annotate", "标注.xlsx")
    assert given.content == (catalog.parent / "标注.xlsx").read_bytes()


def test_what_is_safe_is_mended_and_checked_beside_the_first(client: Client, catalog: Path) -> None:
    link = client.checked(catalog)
    assert "改好 3 处写法" in client.get(link).text
    answer = client.submit(f"{link}/mend", page=link)
    second = answer.headers["location"]
    assert client.wait(second) == "done"
    page = client.get(second).text
    assert "与改之前相比" in page and "<del>2026年3月1日</del>" in page and "<ins>2026-03-01</ins>" in page
    assert "改了 3 处写法" in page
    mended = openpyxl.load_workbook(io.BytesIO(client.get(f"{second}/get/given").content))
    assert str(mended["数据集"]["G2"].value).startswith("2026-03-01")
    assert openpyxl.load_workbook(catalog)["数据集"]["G2"].value == "2026年3月1日"


def test_a_text_is_mended_where_its_values_stand(client: Client, tmp_path: Path) -> None:
    (tmp_path / "目录.yaml").write_text("# 备注\n数据集:\n  - {名称: 甲, 更新频率: 按年}\n", "utf-8")
    link = client.checked(tmp_path / "目录.yaml")
    second = client.submit(f"{link}/mend", page=link).headers["location"]
    assert client.wait(second) == "done"
    assert client.get(f"{second}/get/given").text == "# 备注\n数据集:\n  - {名称: 甲, 更新频率: 每年}\n"


def test_a_reading_is_corrected_on_the_spot(client: Client, catalog: Path) -> None:
    link = client.checked(catalog)
    page = client.get(link).text
    assert "没有认出，不读" in page
    name = re.search(r'name="header:(1\.\d+)" value="咱们的备注栏"', page)
    assert name is not None
    answer = client.submit(f"{link}/reading", {f"header:{name[1]}": "咱们的备注栏", f"field:{name[1]}": "keywords"}, page=link)
    second = answer.headers["location"]
    assert client.wait(second) == "done"
    assert "由您指定" in client.get(second).text
    said = client.get(f"{second}/get/json").json()
    assert said["unmatched"] == []


def test_a_sheet_that_is_no_data_is_left_out(client: Client, tmp_path: Path) -> None:
    made = openpyxl.load_workbook(book(tmp_path / "目录.xlsx"))
    copied = made.copy_worksheet(made["数据集"])
    copied.title = "旧的"
    made.save(tmp_path / "目录.xlsx")
    link = client.checked(tmp_path / "目录.xlsx")
    assert client.get(f"{link}/get/json").json()["subjects"] == {"dataset": 4}
    second = client.submit(f"{link}/reading", {"sheet:1": "目录.xlsx!旧的"}, page=link).headers["location"]
    assert client.wait(second) == "done"
    assert client.get(f"{second}/get/json").json()["subjects"] == {"dataset": 2}


def test_many_files_and_a_zip_are_one_check(client: Client, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(book(tmp_path / "甲.xlsx"), "里面/甲.xlsx")
        archive.writestr("里面/说明.exe", b"MZ")
    link = client.checked(("全部.zip", packed.getvalue()), book(tmp_path / "乙.xlsx"))
    files = [one["file"] for one in client.get(f"{link}/get/json").json()["inputs"]]
    assert files == ["里面/甲.xlsx", "乙.xlsx"]
    both = zipfile.ZipFile(io.BytesIO(client.get(f"{link}/get/marked").content))
    assert sorted(both.namelist()) == ["乙-标注.xlsx", "里面/甲-标注.xlsx"]


def test_the_profile_may_be_said(client: Client, catalog: Path) -> None:
    profiles = re.findall(r'<option value="([^"]+)">', client.get("/").text)
    link = client.checked(catalog, profile=profiles[0])
    assert client.get(f"{link}/get/json").json()["profiles"]["given"] is True
    assert client.hand_in(catalog, profile="没有").status_code == 400


def test_filters_leave_only_what_they_name(client: Client, tmp_path: Path) -> None:
    link = client.checked(many_rows(tmp_path / "多.xlsx", 120))
    whole = client.get(link).text
    assert "还有 " in whole
    one = client.get(link, params={"severity": "blocking"}).text
    assert "chip blocking" in one and "chip advisory" not in one and "chip advisory" in whole
    none = client.get(link, params={"words": "没有这样的字'\"%_\\"}).text
    assert "没有这样的问题" in none


def test_the_whole_table_is_a_click_away_and_comes_in_parts(client: Client, tmp_path: Path) -> None:
    link = client.checked(many_rows(tmp_path / "多.xlsx", 120))
    part = client.get(f"{link}/table", params={"table": 0, "whole": 1, "from": 60}).text
    assert part.count("<tr ") == 60 and 'data-at="61"' in part
    concerned = client.get(f"{link}/table", params={"table": 0, "rule": "SC809.15.2.conditional_sharing_states_scope_and_purpose"}).text
    assert concerned.count("<tr ") == 12


def test_letters_and_a_pack_that_verifies(client: Client, catalog: Path) -> None:
    link = client.checked(catalog, as_of="2026-11-01")
    letters = client.get(f"{link}/get/letter")
    assert letters.status_code == 200
    pack = client.get(f"{link}/get/pack")
    (catalog.parent / "pack.zip").write_bytes(pack.content)
    _command(catalog.parent, "verify", "pack.zip")


def test_a_link_is_unguessable_and_somebody_elses_is_nobodys(client: Client, catalog: Path) -> None:
    link = client.checked(catalog)
    assert len(link.rpartition("/")[2]) >= 32
    assert client.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
    client.submit(f"{link}/forget", page=link)
    assert client.get(link).status_code == 404


def test_a_form_without_the_token_of_its_page_is_refused(client: Client, catalog: Path) -> None:
    part = [("files", (catalog.name, catalog.read_bytes()))]
    assert client.post("/check", files=part).status_code == 403
    assert client.post("/check", data={"token": "0" * 64}, files=part).status_code == 403
    token = client.token()
    for headers in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/check", data={"token": token}, files=part, headers=headers).status_code == 403


def test_another_name_for_this_machine_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 421


def test_nothing_chosen_and_nothing_readable_are_sentences(client: Client) -> None:
    assert client.hand_in(("", b"")).status_code == 400
    answer = client.hand_in(("空.xlsx", b""))
    assert client.wait(answer.headers["location"]) == "failed"
    page = client.get(answer.headers["location"])
    assert page.status_code == 422 and "没有检查成" in page.text


def test_every_answer_carries_the_policy(client: Client) -> None:
    for path in ("/", "/static/app.css", "/nowhere", "/health"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'") and headers["x-content-type-options"] == "nosniff"
        assert "unsafe" not in headers["content-security-policy"]


def test_the_tongue_follows_the_browser_and_the_switch(served: Service) -> None:
    with served.client(lang="en-GB,en;q=0.9") as client:
        assert "Check it before you hand it in" in client.get("/").text
        assert client.get("/tongue/zh", params={"to": "//elsewhere.example"}).headers["location"] == "/"
        assert "不以规矩" in client.get("/").text
