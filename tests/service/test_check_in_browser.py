"""检查 in Chromium: the whole walk at two widths, in both tongues, with and without script; axe; print."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.service.browsing import WIDTHS, opened, violations
from tests.service.serving import Service, book, many_rows

pytestmark = pytest.mark.slow

_WORDS = {
    "zh-CN": ("开始检查", "改好 3 处写法", "与改之前相比", "下载改好的文件"),
    "en-US": ("Check", "Mend 3 spellings", "Beside the first check", "Your file, mended"),
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("lang", ["zh-CN", "en-US"])
@pytest.mark.parametrize("width", WIDTHS)
def test_upload_see_mend_download(served: Service, browser: Any, tmp_path: Path, width: int, lang: str, script: bool) -> None:
    begin, mend, beside, take = _WORDS[lang]
    file = book(tmp_path / "目录.xlsx")
    with opened(browser, served.address, width=width, lang=lang, script=script) as page:
        page.goto("/")
        page.set_input_files("#files", str(file))
        page.locator("#drop button[type=submit]", has_text=begin).click()
        page.locator("#outcome").wait_for(timeout=90_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        spot = page.locator(".finding a.spot").first
        spot.click()
        page.locator("#rows tr.here").wait_for()
        with page.expect_download() as given:
            page.locator("a[href$='/get/marked']").click()
        assert Path(given.value.path()).read_bytes()[:2] == b"PK"
        page.locator("button", has_text=mend).click()
        page.locator("#beside-h", has_text=beside).wait_for(timeout=90_000)
        assert "2026-03-01" in page.locator("ins").all_inner_texts()
        with page.expect_download() as given:
            page.locator("a", has_text=take).click()
        assert given.value.suggested_filename == "目录.xlsx"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_files_are_dropped_on_the_zone(served: Service, browser: Any, tmp_path: Path) -> None:
    data = list(book(tmp_path / "目录.xlsx").read_bytes())
    with opened(browser, served.address) as page:
        page.goto("/")
        carried = page.evaluate_handle(
            "data => { const carried = new DataTransfer(); carried.items.add(new File([new Uint8Array(data)], '目录.xlsx')); return carried; }",
            data,
        )
        page.dispatch_event("#zone", "drop", {"dataTransfer": carried})
        page.locator("#outcome").wait_for(timeout=90_000)
        assert "目录.xlsx" in page.locator(".glance .files").inner_text()


def test_ten_thousand_rows_are_walked_through_without_being_there(served: Service, browser: Any, tmp_path: Path) -> None:
    made = openpyxl.load_workbook(book(tmp_path / "多.xlsx"))
    long = made.create_sheet("流水")
    for at in range(10_000):
        long.append([f"第{at}笔", at, "无"])
    made.save(tmp_path / "多.xlsx")
    file = tmp_path / "多.xlsx"
    with opened(browser, served.address) as page:
        page.goto("/")
        page.set_input_files("#files", str(file))
        page.locator("#drop button[type=submit]").click()
        page.locator("#outcome").wait_for(timeout=120_000)
        page.goto(page.url.partition("#")[0] + "?whole=1&table=1")
        assert page.locator("#rows tr[data-at]").count() < 100
        page.evaluate("document.querySelector('#grid').scrollTop = 1e9")
        page.locator("#rows tr[data-at='10000']").wait_for()
        assert page.locator("#rows tr[data-at]").count() < 100
        page.locator("#rows tr[data-at='10000'] td", has_text="第9999笔").wait_for()


def test_more_findings_come_at_a_click(served: Service, browser: Any, tmp_path: Path) -> None:
    file = many_rows(tmp_path / "多.xlsx", 120)
    with opened(browser, served.address) as page:
        page.goto("/")
        page.set_input_files("#files", str(file))
        page.locator("#drop button[type=submit]").click()
        page.locator("#outcome").wait_for(timeout=120_000)
        group = page.locator(".group", has_text="有条件共享写明范围和用途")
        assert group.locator(".finding").count() == 5
        group.locator("a[data-more]").click()
        group.locator(".finding").nth(11).wait_for()
        assert group.locator("a[data-more]").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_print_shows_the_findings_alone(served: Service, browser: Any, tmp_path: Path, width: int) -> None:
    file = book(tmp_path / "目录.xlsx")
    with opened(browser, served.address, width=width) as page:
        page.goto("/")
        assert violations(page) == []
        page.set_input_files("#files", str(file))
        page.locator("#drop button[type=submit]").click()
        page.locator("#outcome").wait_for(timeout=90_000)
        page.locator("#reading > summary").click()
        assert violations(page) == []
        page.emulate_media(media="print")
        assert not page.locator(".deeds").is_visible() and page.locator(".finding").first.is_visible()


def test_the_keyboard_alone_is_enough(served: Service, browser: Any, tmp_path: Path) -> None:
    file = book(tmp_path / "目录.xlsx")
    with opened(browser, served.address) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert "跳到正文" in page.evaluate("document.activeElement.textContent")
        page.set_input_files("#files", str(file))
        page.locator("#drop button[type=submit]").focus()
        page.keyboard.press("Enter")
        page.locator("#outcome").wait_for(timeout=90_000)
        page.locator("details.menu summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("details.menu li").first.is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("details.menu li").first.is_visible()


@pytest.mark.parametrize("path", ["/book", "/book?q=有条件共享", "/book/rule/SC809.15.2.conditional_sharing_states_scope_and_purpose", "/book/instrument/SC809",
                                  "/book/standards", "/book/kind/sharing_request", "/verify", "/fill", "/fill/sharing_request", "/nowhere"])  # fmt: skip
def test_axe_finds_nothing_on_the_other_pages(served: Service, browser: Any, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=served.address)
    page = context.new_page()
    page.goto(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_form_is_judged_while_it_is_filled_in_and_its_draft_survives(served: Service, browser: Any) -> None:
    with opened(browser, served.address) as page:
        page.goto("/fill/dataset")
        page.locator("[data-path='name'] input").fill("路灯位置")
        page.locator("#judged .stillto").wait_for(timeout=120_000)
        assert "还差" in page.locator("#judged .big").inner_text() or "齐了" in page.locator("#judged .big").inner_text()
        page.reload()
        assert page.locator("[data-path='name'] input").input_value() == "路灯位置"
        with page.expect_download() as given:
            page.locator("button[value=yaml]").click()
        assert "路灯位置" in Path(given.value.path()).read_text(encoding="utf-8")
        page.locator("#drop-draft").click()
        page.reload()
        assert page.locator("[data-path='name'] input").input_value() == ""


def test_a_form_is_judged_without_script_too(served: Service, browser: Any) -> None:
    with opened(browser, served.address, script=False) as page:
        page.goto("/fill/dataset")
        page.locator("[data-path='name'] input").fill("路灯位置")
        page.locator("button[value=judge]").click()
        page.locator("#judged .stillto").wait_for(timeout=120_000)
        assert page.locator("[data-path='name'] input").input_value() == "路灯位置"


def test_a_pack_is_verified_in_the_browser(served: Service, browser: Any, tmp_path: Path) -> None:
    with served.client() as client:
        (tmp_path / "pack.zip").write_bytes(client.get(f"{client.checked(book(tmp_path / '目录.xlsx'))}/get/pack").content)
    with opened(browser, served.address, script=False) as page:
        page.goto("/verify")
        page.set_input_files("#pack", str(tmp_path / "pack.zip"))
        page.locator("main button[type=submit]").click()
        page.locator("#verified").wait_for(timeout=120_000)
        assert page.locator("#verified").inner_text() == "逐字节成立"
