"""Catalogs in the shapes in which portals hand them out, with invented contents: wrappers, envelopes, keys of platforms, codes and labels.

The shapes are those of public portals; no title, unit or address here is of any of them.
"""

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["CATALOGS"]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


_PLATFORM = [
    {
        "id": "a1", "cataTitle": "公交线路", "orgName": "甲市交通局", "orgCode": "4406003041", "updateCycle": "5",
        "updateCycleName": "每年", "openType": 1, "openTypeName": "无条件开放", "releaseTime": 1609459200000,
        "updateTime": 1704067200000, "shareType": "1", "shareTypeName": "无条件共享", "description": "<p>线路和站点</p>",
        "dataCount": 120, "isDelete": 0,
    },
    {
        "id": "a2", "cataTitle": "停车场", "orgName": "甲市城管局", "orgCode": "4406003042", "updateCycle": "3",
        "updateCycleName": "每周", "openType": 2, "openTypeName": "无条件共享", "releaseTime": 1609459200000,
        "updateTime": None, "shareType": "2", "shareTypeName": "有条件共享", "description": None, "dataCount": "1,204", "isDelete": 0,
    },
]  # fmt: skip

_INITIALS = [
    {"XXZYMC": "道路名录", "XXZYBM": "307/0001", "XXZYTGF": "甲市住建局", "XXZYZY": "道路和等级", "GXZQ": "每年", "KFLX": "无条件开放",
     "GXLX": "无条件共享", "FBRQ": "20230201", "GXRQ": "2023/3/1", "SSHY": "建筑业", "SSZT": "城建住房", "SJL": 12, "ZYGS": "xls"},
    {"XXZYMC": "桥梁名录", "XXZYBM": "307/0002", "XXZYTGF": "甲市住建局", "XXZYZY": "桥梁", "GXZQ": "每月", "KFLX": "有条件开放",
     "GXLX": "有条件共享", "FBRQ": "20230201", "GXRQ": "2023/3/1", "SSHY": "建筑业", "SSZT": "城建住房", "SJL": 3, "ZYGS": "xls"},
]  # fmt: skip

_DETAIL = [
    {
        "resTitle": "危险化学品企业", "resAbstract": "企业名称和地址", "officeName": "甲市应急局", "subjectName": "安全生产",
        "updateCycle": "不定期更新", "openMode": "2", "openModeName": "有条件开放", "publishDate": "2022-01-01 10:00:00.0",
        "dataUpdateTime": "2022-02-01", "recordTotal": 30, "sourceSuffix": "csv,xlsx", "keyword": "化学;危险",
        "resourceItems": [{"itemName": "企业名称", "itemCode": "QYMC", "dataType": "VARCHAR", "dataLength": "200"}],
    },
    {
        "resTitle": "餐饮从业人员", "resAbstract": "名称", "officeName": "甲市市场监管局", "subjectName": "市场监管",
        "updateCycle": "每周", "openMode": "1", "openModeName": "无条件开放", "publishDate": "2022-01-01 10:00:00.0",
        "dataUpdateTime": "2022-02-01", "recordTotal": 30, "sourceSuffix": "csv", "keyword": "餐饮",
        "resourceItems": [{"itemName": "身份证号码", "itemCode": "SFZH", "dataType": "VARCHAR", "dataLength": "18"}],
    },
]  # fmt: skip

_CRAWL = [
    {"标题": "从业人员名单", "来源部门": "甲市政务服务局", "发布时间": "2022-06-27", "更新时间": "2022-6-27",
     "开放条件": "无条件开放", "所属主题": [], "更新频率": "每年", "技术支持电话": "0000-1234567", "标签": "姓名,身份证号码,职务",
     "描述": "从业人员名单", "数据格式": "['xls', 'xml']"},
    {"标题": "采购公告", "来源部门": "甲市财政局", "发布时间": "2022-06-27\n14:37", "更新时间": "2022-6-27",
     "开放条件": "有条件开放", "所属主题": ["财政"], "更新频率": "每天", "技术支持电话": "暂无", "标签": "财政、金融\r\n\t采购",
     "描述": None, "数据格式": "['file']"},
    {"标题": "采购公告", "来源部门": "甲市卫健委", "发布时间": "2022-06-27", "更新时间": "2022-6-27",
     "开放条件": "无条件开发", "所属主题": ["财政", "卫生"], "更新频率": "每 null null", "技术支持电话": "", "标签": "",
     "描述": "采购公告", "数据格式": "[]"},
]  # fmt: skip


def _socrata(name: str, id: str) -> dict[str, Any]:
    return {
        "resource": {"name": name, "id": id, "description": "<b>x</b>", "attribution": "Parks", "type": "dataset",
                     "updatedAt": "2023-05-01T10:00:00.000Z", "columns_name": ["Species"], "download_count": 3},
        "classification": {"domain_category": "Environment", "domain_tags": ["tree"]}, "permalink": f"https://example.org/d/{id}",
    }  # fmt: skip


def _ods(title: str, **more: Any) -> dict[str, Any]:
    return {
        "dataset_id": title.lower(), "fields": [{"name": "espece", "label": "Espèce", "type": "text"}],
        "metas": {"default": {"title": title, "publisher": "Ville", "theme": ["Environnement"], "keyword": ["arbre"],
                              "modified": "2023-06-01T02:00:00+00:00", "records_count": 20, **more}, "dcat": {}},
    }  # fmt: skip


def _us(title: str, **more: Any) -> dict[str, Any]:
    return {
        "@type": "dcat:Dataset", "identifier": title, "title": title, "description": "<div>x</div>", "keyword": ["a", "b"],
        "modified": "2023-02-01", "publisher": {"@type": "org:Organization", "name": "City"}, "accessLevel": "public",
        "contactPoint": {"fn": "GIS", "hasEmail": "mailto:gis@example.org"}, "accrualPeriodicity": "R/P1Y", "theme": ["transport"],
        **more,
    }  # fmt: skip


def _hub(title: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": None,
        "properties": {"title": title, "description": "x", "modified": 1700000000000, "tags": ["a"]},
    }


def _package(title: str, frequency: str) -> dict[str, Any]:
    return {
        "id": title, "name": title.lower(), "title": title, "notes": "x", "metadata_modified": "2023-01-01T00:00:00.123456",
        "organization": {"title": "Amt"}, "groups": [{"title": "Verkehr", "name": "verkehr"}], "tags": [{"name": "verkehr"}],
        "extras": [{"key": "frequency", "value": frequency}], "resources": [{"name": "CSV", "format": "CSV", "url": "https://example.org/a"}],
        "num_resources": 1,
    }  # fmt: skip


_TWO_TONGUES = """description,format,name,updTime,list,topicName,orgName,dataType
数据摘要,,,最后更新时间,数据下载,主题名称 ,数据提供方,
药店的名称和地址,xlsx,药店名录,2016-10-17 16:15:00,"['format', 'id']",医疗健康,甲省人社厅,0
水质自检,"['xls', 'xls']",供水水质,2016-10-17 10:50:00,"['format', 'id']",环境资源,甲省住建厅,0
"""

_GUIDE = """序号,信息资源名称,信息资源代码,信息资源提供方,信息资源摘要,信息项信息,共享属性分类,共享方式分类,开放属性分类,更新周期,发布日期,备注
1,行政许可,1/01/001,甲市审批局,许可事项,许可编号、申请人姓名,有条件共享,批量交换,不予开放,实时,2021年3月1日,无
2,行政处罚,1/01/002,甲市审批局,处罚事项,决定书文号、当事人,无条件共享,文件下载,无条件开放,每3个月,2021.3.1,重复报送
"""

CATALOGS: Mapping[str, tuple[str, str, int]] = {
    "data.rows": ("c.json", _dump({"code": 200, "message": "success", "data": {"total": 2, "pageNum": 1, "rows": _PLATFORM}}), 2),
    "result.list": ("c.json", _dump({"result": {"list": _PLATFORM}}), 2),
    "data.page.list": ("c.json", _dump({"httpCode": 200, "data": {"page": {"pageNo": 1, "total": 2, "list": _DETAIL}}}), 2),
    "pinyin initials": ("c.json", _dump({"code": 0, "msg": "ok", "data": _INITIALS}), 2),
    "code, name and items beside": ("c.json", _dump({"code": 200, "name": "目录接口", "items": _PLATFORM}), 2),
    "a list in a text": ("c.json", _dump({"data": json.dumps(_CRAWL, ensure_ascii=False)}), 3),
    "crawl": ("c.json", _dump(_CRAWL), 3),
    "ndjson": ("c.ndjson", "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in _CRAWL), 3),
    "by id": ("c.json", _dump({"数据": {"d1": _CRAWL[0], "d2": _CRAWL[1]}}), 2),
    "socrata": ("c.json", _dump({"results": [_socrata("Trees", "a-1"), _socrata("Parks", "a-2")], "resultSetSize": 2}), 2),
    "opendatasoft": ("c.json", _dump({"total_count": 2, "results": [_ods("Arbres"), _ods("Bancs")]}), 2),
    "dcat-us": (
        "c.json",
        _dump({"conformsTo": "https://example.org", "dataset": [_us("Roads"), _us("Parcels", accessLevel="non-public")]}),
        2,
    ),
    "hub": ("c.json", _dump({"type": "FeatureCollection", "features": [_hub("Roads"), _hub("Parks")]}), 2),
    "ckan": (
        "c.json",
        _dump({"success": True, "result": {"count": 2, "results": [_package("A", "annually"), _package("B", "Monthly")]}}),
        2,
    ),
    "two headers": ("c.csv", _TWO_TONGUES, 2),
    "guide": ("c.csv", _GUIDE, 2),
}
"""By shape: the file's name, its text, and how many datasets stand in it."""
