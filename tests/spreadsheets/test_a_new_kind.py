"""A new kind of workbook is a declaration of its columns and no page: this one goes the whole way of an upload."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from centers.models import Center
from gansu_care.spreadsheets.columns import DateColumn, DivisionColumn, TextColumn
from gansu_care.spreadsheets.declaration import NEW, Found
from gansu_care.spreadsheets.kinds import KINDS, Kind
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.places import default_division
from gansu_care.spreadsheets.resources import RegistryResource
from gansu_care.spreadsheets.uploads import ask_undo, undo_upload
from tests.upload_pages import page, text
from tests.uploading import fresh, no_progress, xlsx

pytestmark = pytest.mark.django_db


class PlateResource(RegistryResource):
    """Name plates of centers: what an office that only counts plates would send."""

    code, title = "plate", "牌匾"
    telling = ("name",)
    essential = ("name",)
    keys = ("number", "name")

    name = TextColumn("name", ["牌匾名称"], required=True, max_length=100, example="南门村之家")
    division = DivisionColumn("division", ["挂在哪里"], example="临洮县洮阳镇")
    built_on = DateColumn("built_on", ["挂牌日期"], example="2015-07-23")

    class Meta:
        model = Center

    def defaults(self, rows, index):
        return {"division": default_division(rows, index)}

    def find(self, values, setting):
        found = self.find_by_number(values, setting)
        known = dict(self.records(setting).values_list("name", "pk"))
        return [
            found.get(index) or (Found(known[row["name"]]) if row.get("name") in known else NEW)
            for index, row in enumerate(values)
        ]


@pytest.fixture(autouse=True)
def plates(monkeypatch):
    kind = Kind("plates", "牌匾登记表", "挂牌的中心", (PlateResource,), list_route="centers:list")
    monkeypatch.setitem(KINDS, "plates", kind)


HEAD = ["牌匾名称", "挂在哪里", "挂牌日期"]
GOOD = ["南门村之家", "临洮县洮阳镇", "2015年7月23日"]


def test_it_is_offered_with_its_form(client, officer):
    client.force_login(officer)
    assert "牌匾登记表 挂牌的中心" in text(client.get(reverse("spreadsheets:choose")).content.decode())
    form = client.get(reverse("spreadsheets:blank", args=["plates"]))
    headings = [cell.value for cell in load_workbook(io.BytesIO(form.content)).worksheets[0][3]]
    assert headings[:4] == ["序号", *HEAD]


def test_from_the_file_to_the_register_and_back(client, send, say_yes, officer, county):
    send(officer, xlsx([HEAD, GOOD, ["北街村之家", "火星镇", "2015-02-30"]]), name="牌匾.xlsx", kind="plates")
    upload = Upload.objects.get()
    assert "E_DATE_INVALID" in page(client, "problems", upload)
    assert "南门村之家" in page(client, "preview", upload)
    say_yes(upload)
    done = page(client, "done", fresh(upload))
    assert "已写入登记册：新增 1 行，变更 0 行" in text(done)
    assert f"{reverse('centers:list')}?batch={upload.number}" in done
    center = Center.objects.get()
    assert (center.name, center.division.name, str(center.built_on)) == ("南门村之家", "洮阳镇", "2015-07-23")
    assert center.history.get().upload_number == upload.number
    ask_undo(fresh(upload), county, "传错了", queue=False)
    undo_upload(upload.pk, no_progress)
    assert not Center.objects.exists()


def test_its_misspelt_headings_are_asked_about(client, send, officer):
    send(officer, xlsx([["牌扁名称", *HEAD[1:]], GOOD]), name="牌匾.xlsx", kind="plates")
    upload = Upload.objects.get()
    assert upload.state == UploadState.ASKING
    assert "牌扁名称 Sheet1 A 列 南门村之家 像是“牌匾名称”" in text(page(client, "columns", upload))
