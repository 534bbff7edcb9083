"""Several kinds in one workbook: each sheet is told by its headings; one upload, one yes, one transaction, one undo."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from centers.models import Center, Equipment
from children.models import Child
from funding.models import Allocation, Receipt
from gansu_care.spreadsheets.kinds import WORKBOOK, kind_of, kinds_for
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import ask_undo, undo_upload
from tests.people import person
from tests.upload_pages import page, text
from tests.uploading import (
    applied,
    checked,
    child_numbered,
    children_rows,
    codes,
    counts,
    fresh,
    no_progress,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db

CENTERS = [["中心名称", "所在乡镇", "建成日期"], ["洮阳镇儿童之家", "洮阳镇", "2015-07-23"]]
EQUIPMENT = [
    ["中心名称", "乡镇", "设备类别", "品名", "数量", "单位"],
    ["洮阳镇儿童之家", "洮阳镇", "图书", "少儿图书", 30, "册"],
]
RECEIPTS = [["资金来源", "金额（万元）", "到账日期", "票据号"], ["省级财政", 17.9, "2015-03-05", "A-1"]]
ALLOCATIONS = [
    ["分配文号", "资金来源", "分配到", "活动中心", "金额（元）", "下达日期"],
    ["1号", "省级财政", "临洮县洮阳镇", "洮阳镇儿童之家", 20000, "2015-04-01"],
]
NAMES = ["说明", "留守儿童", "资金到账", "设备", "中心", "资金分配"]


def everything() -> bytes:
    """Out of order, as an office keeps it: the equipment stands before the centers."""
    notes = [["填报单位：临洮县"], ["请照实填写"]]
    return xlsx(notes, children_rows({}), RECEIPTS, EQUIPMENT, CENTERS, ALLOCATIONS, names=NAMES)


def test_each_sheet_is_told_by_its_headings(officer):
    upload = checked(officer, everything(), WORKBOOK)
    assert codes(upload) == []
    assert [(sheet["name"], sheet["resource"]) for sheet in upload.sheets if sheet["imported"]] == [
        ("留守儿童", "child"),
        ("资金到账", "receipt"),
        ("设备", "equipment"),
        ("中心", "center"),
        ("资金分配", "allocation"),
    ]
    assert counts(upload) == {"new": 5}


def test_one_yes_writes_all_kinds_and_they_point_at_one_another(officer):
    """Equipment and money name a center that the same workbook brings."""
    upload = written(officer, everything(), WORKBOOK)
    assert (upload.state, upload.written) == (UploadState.APPLIED, 5)
    center = Center.objects.get()
    assert Equipment.objects.get().center == center
    assert Allocation.objects.get().center == center
    assert Receipt.objects.get().amount == 179000
    assert Child.objects.count() == 1
    again = checked(officer, everything(), WORKBOOK)
    assert counts(again) == {"same": 5}


def test_a_center_that_is_refused_takes_its_equipment_with_it(officer):
    bad = [CENTERS[0], [*CENTERS[1][:2], "2015-02-30"]]
    upload = checked(officer, xlsx(EQUIPMENT, bad, names=["设备", "中心"]), WORKBOOK)
    assert sorted(codes(upload)) == ["E_CENTER_UNKNOWN", "E_DATE_INVALID"]
    assert counts(upload) == {"refused": 2}


def test_one_bad_row_keeps_the_whole_workbook_out_until_she_says_otherwise(officer):
    rows = children_rows({}, child_numbered(2, 性别="0"))
    upload = checked(officer, xlsx(rows, CENTERS), WORKBOOK)
    assert counts(upload) == {"new": 2, "refused": 1}
    assert not upload.can_apply
    applied(upload, officer, good_rows=True)
    assert (Child.objects.count(), Center.objects.count()) == (1, 1)


def test_an_undo_takes_all_kinds_back(officer, county):
    upload = written(officer, everything(), WORKBOOK)
    ask_undo(upload, county, "传错了", queue=False)
    undo_upload(upload.pk, no_progress)
    assert fresh(upload).state == UploadState.UNDONE
    for model in (Center, Equipment, Receipt, Allocation, Child):
        assert not model.objects.exists(), model


def test_the_pages_from_the_form_to_the_lists(client, send, say_yes, officer):
    client.force_login(officer)
    offered = text(client.get(reverse("spreadsheets:choose")).content.decode())
    assert "整本工作簿 几种表格在一个文件里，按标题行分辨" in offered
    send(officer, everything(), name="年底.xlsx", kind=WORKBOOK, consent_by="王秀英", consent_on="2026-01-05")
    upload = Upload.objects.get()
    said = text(page(client, "preview", upload))
    assert "确认导入 5 行" in said
    assert "洮阳镇儿童之家" in said
    say_yes(upload)
    html = page(client, "done", fresh(upload))
    for route, title in (
        ("centers:list", "活动中心"),
        ("centers:equipment_list", "设备物资"),
        ("children:list", "留守儿童"),
        ("funding:receipt_list", "到账"),
        ("funding:allocation_list", "分配"),
    ):
        url = f"{reverse(route)}?batch={upload.number}"
        assert url in html, title
        assert client.get(url).status_code == 200


def test_who_may_upload_several_kinds_is_offered_the_workbook(db):
    everybody = [
        "officer",
        "county",
        "prefecture",
        "province",
        "admin",
        "township",
        "leader",
        "auditor",
        "system",
    ]
    offered = [name for name in everybody if kind_of(WORKBOOK) in kinds_for(person(name))]
    assert offered == ["officer", "county", "prefecture", "province", "admin"]


def test_from_the_command_line(tmp_path, officer):
    file, out = tmp_path / "年底.xlsx", tmp_path / "out.json"
    file.write_bytes(everything())
    with pytest.raises(SystemExit) as ended:
        call_command("import_sheet", WORKBOOK, str(file), "--as", "officer", "--apply", "--json", str(out))
    assert ended.value.code == 0
    assert json.loads(out.read_text())["written"] == 5


def test_a_workbook_is_in_time_for_every_kind_that_stood_in_it(officer, client):
    written(officer, everything(), WORKBOOK)
    client.force_login(officer)
    said = text(client.get(reverse("spreadsheets:scorecard")).content.decode())
    for kind in ("活动中心表", "设备物资台账", "留守儿童登记表", "资金表"):
        assert f"{kind} 0 0 1/" in said, said
