"""`manage.py import_sheet`: the same pipeline from the command line."""

import getpass
import json
import stat

import pytest
from django.core.management import CommandError, call_command

from children.models import Child
from gansu_care.accounts.models import User
from gansu_care.trail.models import Action, Event
from tests.spreadsheets.files.ods import as_ods
from tests.spreadsheets.hostile.open_document import an_ods_with_a_password
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    child_numbered,
    child_row,
    children_file,
    children_rows,
    csv_file,
    xlsx,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, officer):
    """Run the command; its exit status and its JSON."""

    def command(data, *options, kind="children", user="officer", name="表格.xlsx"):
        file, out = tmp_path / name, tmp_path / "out.json"
        file.write_bytes(data)
        with pytest.raises(SystemExit) as ended:
            call_command("import_sheet", kind, str(file), "--as", user, "--json", str(out), *options)
        return ended.value.code, json.loads(out.read_text())

    return command


def test_a_check_writes_nothing(run):
    status, result = run(children_file({}, child_numbered(2)))
    assert (status, result["state"]) == (0, "checked")
    assert (result["rows"], result["new"], result["written"]) == (2, 2, 0)
    assert not Child.objects.exists()


def test_apply_then_the_same_file_is_all_the_same(run):
    data = children_file({}, child_numbered(2))
    status, result = run(data, "--apply")
    assert (status, result["state"], result["written"]) == (0, "applied", 2)
    status, again = run(data, "--apply")
    assert (status, again["new"], again["same"], again["written"]) == (0, 0, 2, 0)
    assert again["applied_before"] == result["upload"]
    assert Child.objects.count() == 2


def test_refused_rows_give_status_1_and_nothing_is_written(run):
    data = children_file({}, child_numbered(2, 性别="0"))
    status, result = run(data, "--apply")
    assert (status, result["refused"], result["written"]) == (1, 1, 0)
    assert not Child.objects.exists()
    status, result = run(data, "--apply", "--good-rows")
    assert (status, result["state"], result["written"]) == (1, "applied", 1)


def test_the_json_adds_up_and_names_each_cell(run):
    _status, result = run(children_file({}, child_numbered(2, 性别="0")))
    parts = sum(result[name] for name in ("new", "changed", "same", "doubtful", "refused"))
    assert result["rows"] == parts == 2
    (problem,) = result["problems"]
    assert {name: problem[name] for name in ("sheet", "row", "column", "heading", "code", "level", "value")} == {
        "sheet": "Sheet1", "row": 3, "column": "C", "heading": "性别", "code": "E_CODE_UNKNOWN", "level": "error",
        "value": "0",
    }  # fmt: skip
    assert problem["message"]
    (sheet,) = result["sheets"]
    assert (sheet["name"], sheet["imported"], sheet["header_rows"]) == ("Sheet1", True, [1])


def test_records_hold_each_row_as_read(run):
    _status, result = run(children_file({"出生日期": "2015.9.1"}, child_numbered(2, 性别="0")), "--records")
    good, bad = result["records"]
    assert (good["sheet"], good["row"], good["outcome"]) == ("Sheet1", 2, "new")
    expected = {
        "name": "王小花", "sex": "2", "ethnic_group": "01", "birth_date": "2015-09-01",
        "id_number": A_CHILD["身份证号"],
        "division": "621124100", "village": "南门村", "schooling": "primary", "grade": "P3",
        "father_phone": "13800000000",
        "carer_relation": "62", "consent_given": True,
    }  # fmt: skip
    assert {name: good["values"][name] for name in expected} == expected
    assert (bad["outcome"], "sex" in bad["values"]) == ("refused", False)


def test_the_file_is_readable_by_its_owner_alone(run, tmp_path):
    (tmp_path / "out.json").write_text("{}")
    (tmp_path / "out.json").chmod(0o644)
    run(children_file({}))
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == 0o600


def test_the_trail_names_the_system_user_and_records_are_an_export(run, officer):
    run(children_file({}), "--apply", "--records")
    events = Event.objects.order_by("pk")
    assert [one.action for one in events] == [Action.UPLOAD, Action.APPLY, Action.EXPORT]
    assert {one.system_user for one in events} == {getpass.getuser()}
    assert {one.username for one in events} == {"officer"}
    assert events.last().rows == 1


def test_without_records_nothing_counts_as_an_export(run):
    run(children_file({}))
    assert not Event.objects.filter(action=Action.EXPORT).exists()


def test_an_unreadable_file_gives_status_2(run):
    status, result = run(b"%PDF-1.4")
    assert (status, result["error"]["code"]) == (2, "E_FILE_UNKNOWN")


def test_a_table_of_another_kind_gives_status_2(run):
    status, result = run(xlsx([["一", "二"], [1, 2]]))
    assert (status, result["refusal"]["code"]) == (2, "no_table")


def test_ods_of_two_townships(run):
    """As an office without Excel sends it: one sheet a township, whose name stands in a merged cell."""
    head, first = children_rows({})
    _head, second = children_rows(child_numbered(2, 乡镇=None))
    rows = [["临洮县农村留守儿童登记表"], head, first, second]
    place = head.index("乡镇") + 1
    merges = [(1, 1, 1, len(head)), (3, place, 4, place)]
    other = [head, children_rows(child_numbered(3, 乡镇="八里铺镇"))[1]]
    data = as_ods([("洮阳镇", rows, merges, "visible"), ("八里铺镇", other, [], "visible")])
    status, result = run(data, "--apply", name="登记表.ods")
    assert (status, result["state"], result["written"], result["problems"]) == (0, "applied", 3, [])
    assert sorted(Child.objects.values_list("division__name", flat=True)) == ["八里铺镇", "洮阳镇", "洮阳镇"]


def test_an_encrypted_ods_says_so_and_gives_status_2(run):
    status, result = run(an_ods_with_a_password(), name="登记表.ods")
    assert (status, result["error"]) == (
        2,
        {
            "code": "E_FILE_ENCRYPTED",
            "message": "文件加了密码，打不开",
            "remedy": "在 WPS 或 Excel 里打开，取消打开密码，保存后再上传",
        },
    )


def test_a_doubtful_heading_is_named_and_never_guessed(run):
    """Nobody can be asked here: 姓各 is no 姓名 before somebody says so."""
    head = [{"姓名": "姓各", "父亲电话": "父亲电活"}.get(name, name) for name in CHILD_HEAD]
    status, result = run(xlsx([head, child_row(CHILD_HEAD)]), "--apply")
    assert (status, result["refused"], result["written"]) == (1, 1, 0)
    said = {problem["code"]: problem["message"] for problem in result["problems"]}
    assert said["E_HEADING_MISSING"] == "缺少“姓名”这一列，“姓各”像是它"
    assert said["W_HEADING_DOUBTFUL"] == "“父亲电活”这一列没有读取，它像是“父亲联系电话”"


def test_gbk_csv(run):
    status, result = run(csv_file(children_rows({})), name="登记表.csv")
    assert (status, result["new"]) == (0, 1)


@pytest.mark.parametrize("user", ["township", "leader", "system"])
def test_only_who_may_upload(tmp_path, request, user):
    request.getfixturevalue(user)
    file = tmp_path / "a.xlsx"
    file.write_bytes(children_file({}))
    with pytest.raises(CommandError):
        call_command("import_sheet", "children", str(file), "--as", user)


def test_only_active_accounts(tmp_path, officer):
    User.objects.update(is_active=False)
    file = tmp_path / "a.xlsx"
    file.write_bytes(children_file({}))
    with pytest.raises(CommandError, match="officer"):
        call_command("import_sheet", "children", str(file), "--as", "officer")


def test_a_file_that_is_not_there(officer):
    with pytest.raises(CommandError):
        call_command("import_sheet", "children", "/nowhere/a.xlsx", "--as", "officer")


def test_funding_says_which_sheet_is_which(run):
    receipts = [
        ["资金来源", "金额（万元）", "到账日期", "票据号"],
        ["全国妇联、中国儿童少年基金会", "179", "2009-03-05", "A-1"],
    ]
    allocations = [
        ["分配文号", "资金来源", "分配到", "金额", "下达日期"],
        ["1号", "省级财政", "临洮县", 20000, "2009-04-01"],
    ]
    status, result = run(xlsx(receipts, allocations, names=["到账", "分配"]), "--records", kind="funding")
    assert status == 0
    assert [sheet["resource"] for sheet in result["sheets"]] == ["receipt", "allocation"]
    assert [record["kind"] for record in result["records"]] == ["receipt", "allocation"]
    assert result["records"][0]["values"]["amount"] == "1790000.00"
