"""A column under the name of a list, beside columns of its elements, says what each element is."""

from pathlib import Path

from openpyxl import Workbook

from guiju.catalog.read import read
from guiju.pipeline import read_rules, shipped_rules
from guiju.store.cache import Cache


def test_the_name_of_a_list_heads_the_first_field_of_its_elements(tmp_path: Path) -> None:
    ruleset = read_rules([shipped_rules()], Cache(None)).ruleset
    assert ruleset is not None
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "工作方案"
    sheet.append(["方案名称", "报送单位", "任务", "角色", "工作措施"])
    sheet.append(["某方案", "市教育局", "T07", "牵头单位", "试点"])
    sheet.append(["", "", "T03", "责任单位", "配合"])
    file = tmp_path / "plans.xlsx"
    book.save(file)
    submission = read([file], ruleset.vocabulary)
    assert [one.value["tasks"] for one in submission.records] == [
        [{"task": "T07", "role": "牵头单位", "measures": "试点"}, {"task": "T03", "role": "责任单位", "measures": "配合"}]
    ]
