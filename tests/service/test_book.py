"""规则书: what is searched is found in both tongues, every address leads somewhere, and a case can be tried in place."""

import html
import re

import pytest

from tests.service.serving import Client, Service

_RULE = "SC809.15.2.conditional_sharing_states_scope_and_purpose"


@pytest.mark.parametrize(
    "words, found",
    [
        ("有条件共享 范围", "有条件共享写明范围和用途"),
        ("conditional sharing", "有条件共享写明范围和用途"),
        ("政务数据共享条例第十五条第二款", "有条件共享写明范围和用途"),
        ("GB/T 33356", "新型智慧城市评价指标"),
        ("数据提供方单位", "提供单位"),
        ("D050", "D050"),
    ],
)
def test_what_is_called_so_is_found(client: Client, words: str, found: str) -> None:
    assert found in client.get("/book", params={"q": words}).text


def test_what_is_not_there_is_said_and_no_word_is_markup(client: Client) -> None:
    page = client.get("/book", params={"q": '<script>alert("x")</script>'})
    assert page.status_code == 200 and "没有找到" in page.text and "<script>alert" not in page.text


def test_the_page_of_a_rule_has_the_clause_both_texts_its_cases_and_who_is_bound(client: Client) -> None:
    page = client.get(f"/book/rule/{_RULE}").text
    for part in ("要写明共享给谁", "share_scope is given", "共享范围 已提供", "谁要遵守", "政务数据共享目录", "试一试"):
        assert part in page, part


def test_a_case_is_tried_in_place(client: Client) -> None:
    page = client.get(f"/book/rule/{_RULE}").text
    case = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])  # type: ignore[index]
    answer = client.submit(f"/book/rule/{_RULE}/try", {"given": case}, page=f"/book/rule/{_RULE}").text
    assert 'id="tried"' in answer
    given = "- 试: {given: {目录类别: 共享目录, 共享属性: 有条件共享, 共享范围: 另议, 使用用途: 办事}, want: fail}"
    answer = client.submit(f"/book/rule/{_RULE}/try", {"given": given}, page=f"/book/rule/{_RULE}").text
    assert "不符合" in answer and "要求不是“另议”" in answer


@pytest.mark.parametrize(
    "text", ["", "a: [", "- x: {given: {没有这个字段: 1}, want: fail}", "- x: !!python/object:os.system {}", "😀" * 9_000]
)
def test_what_is_no_case_is_a_sentence(client: Client, text: str) -> None:
    answer = client.submit(f"/book/rule/{_RULE}/try", {"given": text}, page=f"/book/rule/{_RULE}")
    assert answer.status_code == 200 and 'id="tried"' in answer.text


def test_every_link_of_the_front_and_of_an_instrument_leads_somewhere(client: Client) -> None:
    for start in ("/book", "/book/instrument/SC809", "/book/kind/dataset", "/book/standards"):
        links = sorted(set(re.findall(r'href="(/book/[^"#]+)', client.get(start).text)))
        assert links
        for link in links[:: max(1, len(links) // 12)]:
            assert client.get(html.unescape(link)).status_code == 200, link


def test_standards_for_a_kind_on_a_day(client: Client) -> None:
    page = client.get("/book/standards").text
    kinds = re.findall(r'<option value="([^"]+)">', page)
    answer = client.get("/book/standards", params={"kind": kinds[0], "on": "2025-01-01"}).text
    assert "2025-01-01 要考虑的" in answer


def test_both_tongues(served: Service) -> None:
    with served.client(lang="en") as client:
        assert "Who is bound" in client.get(f"/book/rule/{_RULE}").text


@pytest.mark.parametrize("address", ["/book/rule/no.such", "/book/kind/x", "/book/nothing/x", "/book/instrument/x", "/book/code/Z999"])
def test_what_is_not_there_is_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
