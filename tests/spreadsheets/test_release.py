"""The one door: what leaves is in scope, masked, logged; and what left can come back unchanged."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from centers.models import Center, Equipment
from children.models import Child
from funding.models import Allocation, Receipt
from gansu_care.spreadsheets import limits
from gansu_care.spreadsheets.file_names import safe_name
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.release import ReasonMissing, release
from gansu_care.spreadsheets.uploads import check_upload, receive
from gansu_care.trail.models import Action, Event
from tests.exporting import released_on_request
from tests.records import (
    invented_id_number,
    make_allocation,
    make_center,
    make_child,
    make_equipment,
    make_receipt,
    make_source,
)

pytestmark = pytest.mark.django_db
BORN = date(2010, 9, 1)


def make_one_child(serial: int = 1, place: str = "621124", **values) -> Child:
    """A child whose ID number fits her sex and birth date."""
    is_boy = values.get("sex", "1") == "1"
    number = invented_id_number(values.get("birth_date", BORN), 2 * serial + is_boy)
    return make_child(place, **{"id_number": number, "guardianship_type": "", **values})


def leaves(user, kind: str, rows, *, full: bool = False):
    """What the door gives: children on a request that somebody agreed to, the rest at once."""
    if kind == "children":
        return released_on_request(user, rows, full=full)
    return release(user, kind, rows, **({"masked": False, "full_reason": "核对"} if full else {}))


def sheet(released):
    return load_workbook(io.BytesIO(released.content)).active


def column(made, heading: str) -> list:
    """The cells under a heading, whichever of the heading rows it stands in."""
    for row in (1, 2):
        for cell in made[row]:
            if cell.value == heading:
                return [made.cell(below, cell.column).value for below in range(3, made.max_row + 1)]
    raise AssertionError(heading)


def check_again(user, kind: str, released) -> Upload:
    """Upload what was released, unchanged, and check it."""
    upload = receive(released.content, released.name, kind, user, queue=False).upload
    check_upload(upload.pk, lambda *args, **kwargs: None)
    upload.refresh_from_db()
    return upload


# --- masks and rights ----------------------------------------------------------------------------------------------


def test_id_numbers_and_phones_leave_masked(officer):
    child = make_one_child()
    made = sheet(leaves(officer, "children", Child.objects.visible_to(officer)))
    cells = [str(cell.value) for row in made.rows for cell in row]
    assert child.id_number.masked in cells
    assert not any(child.id_number.open() in cell for cell in cells)


def test_full_values_need_the_right_and_a_reason(officer, township, province):
    center = make_center("621124100", manager_phone="13800000000")
    rows = Center.objects.visible_to(officer)
    with pytest.raises(ReasonMissing):
        release(officer, "centers", rows, masked=False)
    with pytest.raises(ReasonMissing):
        release(officer, "centers", rows, masked=False, full_reason="  ")
    for user in (township, province):
        with pytest.raises(PermissionDenied):
            release(user, "centers", Center.objects.visible_to(user), masked=False, full_reason="核对")
    made = sheet(release(officer, "centers", rows, masked=False, full_reason="开学前核对"))
    assert center.manager_phone.open() in [str(cell.value) for row in made.rows for cell in row]


def test_full_values_of_children_come_with_the_approval(officer):
    child = make_one_child(place="621124100")
    made = sheet(leaves(officer, "children", Child.objects.visible_to(officer), full=True))
    assert child.id_number.open() in [str(cell.value) for row in made.rows for cell in row]


@pytest.mark.parametrize("who", ["township", "leader", "auditor", "system"])
def test_who_may_not_export_gets_nothing(request, who):
    make_one_child()
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        release(user, "children", Child.objects.all())
    assert not Event.objects.filter(action=Action.EXPORT).exists()


def test_scope_is_asked_again_at_the_door(neighbour):
    make_one_child()
    released = leaves(neighbour, "children", Child.objects.all())
    assert released.rows == 0


def test_only_the_rows_of_the_list_leave(officer):
    make_one_child(1, name="张小明")
    make_one_child(2, name="王小红")
    released = leaves(officer, "children", Child.objects.visible_to(officer).filter(name="王小红"))
    assert released.rows == 1


def test_names_leave_in_full_within_the_county_and_masked_beyond(officer, prefecture):
    make_one_child(name="张小明")
    for user, name in [(officer, "张小明"), (prefecture, "张*明")]:
        made = sheet(leaves(user, "children", Child.objects.visible_to(user)))
        assert [name] == [
            str(cell.value) for row in made.rows for cell in row if str(cell.value).startswith("张")
        ][:1]


# --- the trail -----------------------------------------------------------------------------------------------------


def test_every_release_leaves_one_event_with_rows_and_reason(officer):
    make_center()
    release(officer, "centers", Center.objects.visible_to(officer))
    release(officer, "centers", Center.objects.visible_to(officer), masked=False, full_reason="开学前核对")
    masked, full = Event.objects.filter(action=Action.EXPORT).order_by("id")
    assert (masked.kind, masked.rows, masked.username, masked.reason) == ("center", 1, "officer", "export")
    assert (full.kind, full.rows, full.reason) == ("center", 1, "export full 开学前核对")


# --- the file ------------------------------------------------------------------------------------------------------


def test_record_number_and_version_travel_in_hidden_columns(officer):
    center = make_center()
    made = sheet(release(officer, "centers", Center.objects.visible_to(officer)))
    hidden = [letter for letter, shape in made.column_dimensions.items() if shape.hidden]
    values = [cell.value for row in made.rows for cell in row if cell.column_letter in hidden]
    assert len(hidden) == 2
    assert center.number in values
    assert 1 in values


def test_the_file_says_who_took_it(officer):
    make_center()
    made = sheet(release(officer, "centers", Center.objects.visible_to(officer)))
    assert "李晓梅" in made.oddFooter.left.text
    assert "内含个人信息" in made.oddFooter.left.text


def test_name_and_headers_of_the_download(officer):
    make_center()
    released = release(officer, "centers", Center.objects.visible_to(officer))
    answer = released.response()
    assert released.name.startswith("临洮县活动中心_20")
    assert "filename*=utf-8''" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("临洮县/留守儿童", "临洮县 留守儿童.xlsx"),
        ("../../etc/passwd", "etc passwd.xlsx"),
        ('a"b\r\nc', "a b c.xlsx"),
        ("\u202egnp.exe", "gnp.exe.xlsx"),
        ("", "file.xlsx"),
        ("con", "file con.xlsx"),
        (".hidden", "hidden.xlsx"),
        ("长" * 200, "长" * 80 + ".xlsx"),
    ],
)
def test_names_of_files_are_never_paths(title, name):
    assert safe_name(title, "xlsx") == name


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", '=HYPERLINK("http://evil")', "＝1"])
def test_formulas_typed_into_a_record_leave_as_text(officer, text):
    make_center(remarks=text, host=text)
    made = sheet(release(officer, "centers", Center.objects.visible_to(officer)))
    found = [cell for row in made.rows for cell in row if cell.value == text]
    assert len(found) == 2
    assert all(cell.data_type != "f" for cell in found)


def test_csv_has_a_bom_and_neutral_formulas(officer):
    make_center(remarks="=1+1")
    released = release(officer, "centers", Center.objects.visible_to(officer), file_format="csv")
    assert released.content.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in released.content.decode("utf-8-sig")
    assert released.name.endswith(".csv")


def test_an_unknown_kind_or_format_is_an_error_of_the_caller(officer):
    with pytest.raises(KeyError):
        release(officer, "rockets", Center.objects.all())
    with pytest.raises(KeyError):
        release(officer, "centers", Center.objects.all(), file_format="pdf")


def test_a_list_longer_than_an_upload_is_parted_by_county(prefecture, monkeypatch):
    monkeypatch.setattr(limits, "DATA_ROWS", 2)
    for n in range(3):
        make_center("621124", name=f"临洮第{n}")
    make_center("621125", name="漳县第一")
    released = release(prefecture, "centers", Center.objects.visible_to(prefecture))
    assert released.name.endswith(".zip")
    assert released.rows == 4
    archive = zipfile.ZipFile(io.BytesIO(released.content))
    names = archive.namelist()
    assert [name.split("_")[0] for name in names] == ["临洮县活动中心", "临洮县活动中心", "漳县活动中心"]
    counts = []
    for name in names:
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(archive.read(name))).get_sheet_by_index(0).to_python()
        )
        counts.append(sum(1 for row in rows if any(str(cell).startswith("GC") for cell in row)))
    assert counts == [2, 1, 1]
    assert Event.objects.get(action=Action.EXPORT).rows == 4


# --- there and back ------------------------------------------------------------------------------------------------


def some_children() -> None:
    make_one_child(1)
    make_one_child(2, name="阿依古丽·买买提", sex="2", health=["disabled"], village="三十里铺村")
    make_one_child(3, name="王小红", sex="2", parents=("home", "deceased"), remarks="=1+1")
    make_child(name="没上户", guardianship_type="", household_registered=False, consent=False)


def some_children_as_they_were_found() -> None:
    """The register may hold what today's rules would not take: rows that change nothing are not judged by them."""
    make_child(name="张小明", guardianship_type="5")  # no carer is named
    make_child(name="王小红", sex="2", id_number=invented_id_number(BORN, 3))  # the number says 男
    make_child(
        name="李小华", birth_date=date(2008, 1, 1), schooling="not_yet", ended=(date(2024, 1, 1), "01")
    )


def some_centers() -> None:
    make_center(manager="王秀英", manager_phone="13800000000", indoor_area=Decimal("70.50"), seats=40)
    make_center(name="八里铺镇儿童之家", status="closed", free_of_charge=True, rooms=["reading"])


def some_equipment() -> None:
    center = make_center()
    make_equipment(center)
    make_equipment(center, asset_no="0012", item="电视机", category="02", quantity=Decimal(1))
    make_equipment(center)  # the second of two equal rows of a lot


def some_receipts() -> None:
    acwf, cctf = make_source("全国妇联", "acwf"), make_source("中国儿童少年基金会", "cctf")
    make_receipt("621124", acwf, cctf, amount=Decimal("1790000.00"), voucher_no="0001")
    make_receipt("621124", donor="中国移动甘肃公司", amount=Decimal("420000.00"))


def some_allocations() -> None:
    make_allocation(document_no="甘妇发〔2009〕3号")
    make_allocation(amount=Decimal("16154.00"), purpose="设备")


KINDS = [
    ("children", Child, some_children),
    ("children", Child, some_children_as_they_were_found),
    ("centers", Center, some_centers),
    ("equipment", Equipment, some_equipment),
    ("funding", Receipt, some_receipts),
    ("funding", Allocation, some_allocations),
]


@pytest.mark.parametrize("full", [False, True], ids=["masked", "full"])
@pytest.mark.parametrize(
    ("kind", "model", "make"),
    KINDS,
    ids=["children", "found", "centers", "equipment", "receipts", "allocations"],
)
def test_what_left_comes_back_all_the_same(officer, kind, model, make, full):
    make()
    rows = model.objects.visible_to(officer)
    released = leaves(officer, kind, rows, full=full)
    upload = check_again(officer, kind, released)
    problems = [(p.code, p.heading, p.problem.value) for p in upload.problems.all()]
    counts = {name: getattr(upload, name) for name in ("new", "changed", "same", "doubtful", "refused")}
    changes = [row.changes for row in upload.staged.all() if row.changes]
    assert counts == {"new": 0, "changed": 0, "same": rows.count(), "doubtful": 0, "refused": 0}, (
        problems,
        changes,
    )
    assert upload.state == UploadState.CHECKED


def test_one_cell_changed_in_an_export_is_one_change(officer):
    make_center(manager="王秀英")
    make_center(name="八里铺镇儿童之家")
    released = release(officer, "centers", Center.objects.visible_to(officer))
    book = load_workbook(io.BytesIO(released.content))
    for row in book.active.rows:
        for cell in row:
            if cell.value == "王秀英":
                cell.value = "李晓梅"
    file = io.BytesIO()
    book.save(file)
    upload = receive(file.getvalue(), "改.xlsx", "centers", officer, queue=False).upload
    check_upload(upload.pk, lambda *args, **kwargs: None)
    upload.refresh_from_db()
    assert (upload.changed, upload.same) == (1, 1)
    changes = upload.staged.get(outcome="changed").changes
    assert [(change["old"], change["new"]) for change in changes] == [("王秀英", "李晓梅")]
