"""The mistakes of the gallery `docs/messages.md`: thirty of authors, by the pages that show them, and thirty of applicants."""

from dataclasses import dataclass

from guiju.terms.tongue import Both

__all__ = ["APPLICANTS", "AUTHORS", "Mistake"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A document with one mistake; `rule` is the last part of the id of the rule that finds it, empty where the reading does."""

    title: Both
    file: str
    text: str
    rule: str = ""


# Each has a page in guiju/diagnostics/pages with the guilty text.
AUTHORS = (
    *("S002", "S004", "S006", "S008", "S011", "S012", "S014", "S020", "S021", "S023", "S024", "S026"),
    *("N001", "N002", "N003", "N004", "N007", "N018", "T001", "T002", "T003", "T010", "T014"),
    *("U001", "U002", "U006", "C001", "C003", "C007", "H001"),
)


def _project(zh: str, en: str, rule: str, *lines: str) -> Mistake:
    body = "".join(f"  {line}\n" for line in ("项目名称: 沿江大道智慧灯杆项目", "项目类型: 智慧灯杆", *lines))
    return Mistake(Both(zh, en), "proposal.yaml", f'提交日期: "2026-03-02"\n项目方案:\n{body}', rule)


def _entry(zh: str, en: str, rule: str, *lines: str) -> Mistake:
    first, *rest = ("名称: 城市道路名录", *lines)
    body = f"  - {first}\n" + "".join(f"    {line}\n" for line in rest)
    return Mistake(Both(zh, en), "catalog.yaml", f'提交日期: "2026-03-17"\n数据集:\n{body}', rule)


def _file(zh: str, en: str, file: str, text: str) -> Mistake:
    return Mistake(Both(zh, en), file, text)


APPLICANTS = (
    _project("金额用汉字写了个大概", "an amount, roughly, in words", "project.readable", "总投资: 一千多万"),
    _project("金额后面写了“左右”", "an amount with “about”", "project.readable", "总投资: 1000万元左右"),
    _project("日期写成没有的一天", "a day that there is not", "project.readable", '申报日期: "2026-02-30"'),
    _project("该选的没有照着选", "an answer that is none of the choices", "project.readable", "建设性质: 新件"),
    _project("是否的问题答了别的", "neither yes nor no", "project.readable", "垫资: 可能"),
    _project(
        "概算超出估算一成以上",
        "an estimate more than a tenth above",
        "estimate_within_ten_percent",
        "按政府投资管理: 是",
        "概算: 1180万元",
        "可研估算: 1000万元",
    ),
    _project("由施工单位垫资", "the contractor advances the funds", "contractor_does_not_advance_funds", "按政府投资管理: 是", "垫资: 是"),
    _project("日志只留五个月", "logs kept for five months", "logs_kept_six_months", "日志留存月数: 5"),
    _project("视频只存七天", "video kept for seven days", "project_keeps_video_thirty_days", "公共场所图像采集: 是", "视频保存天数: 7"),
    _project("摄像头装进更衣室", "a camera in a changing room", "no_camera_in_private_places", "安装场所: [沿江大道路口, 江滩浴场更衣室]"),
    _project("影响评估还没做", "no impact assessment yet", "project_impact_assessed", "处理敏感个人信息: 是", "影响评估日期: 待定"),
    _project("没有设提示标识", "no sign at the cameras", "notice_sign_set", "公共场所图像采集: 是", "提示标识: 否"),
    _project(
        "新立的杆没有说明理由",
        "a new pole without a reason",
        "new_poles_justified",
        "杆点清单:",
        "  - 编号: YJ-001",
        "    位置: 沿江大道1号",
        "    利用既有杆: 否",
    ),
    _project(
        "备案晚于三十日",
        "filed after thirty days",
        "filed_with_police_in_thirty_days",
        '投入使用日期: "2026-01-05"',
        '公安备案日期: "2026-02-20"',
        "公共场所图像采集: 是",
    ),
    _entry("共享属性写错一个字", "one sign wrong in the type of sharing", "dataset.readable", "共享属性: 有条件共亨"),
    _entry("更新频率导出成了 null", "an update cycle exported as null", "dataset.readable", "更新频率: 每 null null"),
    _entry("更新日期写成“昨天”", "“yesterday” for a date", "dataset.readable", "更新日期: 昨天"),
    _entry(
        "有条件共享没有写范围和用途",
        "conditional sharing without scope and purpose",
        "conditional_sharing_states_scope_and_purpose",
        "共享属性: 有条件共享",
    ),
    _entry(
        "不予共享没有写依据", "a refusal without its basis", "refusal_states_reason_and_basis", "目录类别: 共享目录", "共享属性: 不予共享"
    ),
    _entry("附加条件写“另议”", "conditions “to be agreed”", "conditions_have_a_basis", "共享属性: 有条件共享", "共享条件: 另行签订协议"),
    _entry("秘密数据进了共享目录", "secret data in a sharing catalog", "secret_data_stay_out", "目录类别: 共享目录", "密级: 工作秘密"),
    _entry("数据级别写成自造的词", "a grade of one's own", "data_are_graded", "数据级别: 三级"),
    Mistake(
        Both("两个条目同名", "two entries of one name"),
        "catalog.yaml",
        '提交日期: "2026-03-17"\n数据集:\n  - 名称: 城市道路名录\n    目录类别: 共享目录\n  - 名称: 城市道路名录\n    目录类别: 共享目录\n',
        "title_used_once",
    ),
    _entry("表头写成了别的名称", "a header under another name", "", "共享属姓: 无条件共享"),
    _file("缩进用了制表符", "a tab in the indentation", "catalog.yaml", "数据集:\n\t- 名称: 城市道路名录\n"),
    _file("同一项写了两次", "one item written twice", "catalog.yaml", "数据集:\n  - 名称: 城市道路名录\n    名称: 道路名录\n"),
    _file("冒号后面没有空格", "no blank after a colon", "catalog.yaml", "数据集:\n  - 名称: 城市道路名录\n    摘要:道路\n    代码: JT-1\n"),
    _file("JSON 末尾多一个逗号", "a comma too many in JSON", "catalog.json", '{"数据集": [{"名称": "城市道路名录"},]}\n'),
    _file("JSON 里写了中文引号", "curly quotes in JSON", "catalog.json", "{“数据集”: []}\n"),
    _file("文件是空的", "an empty file", "catalog.yaml", ""),
)
