"""A center that is merged or closed names the one that takes over: on its page and in a workbook."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from centers.models import Center, CenterState
from gansu_care.spreadsheets.kinds import kind_of
from tests.people import person
from tests.records import make_center
from tests.uploading import checked, codes, counts, places, written, xlsx

pytestmark = pytest.mark.django_db

HEAD = ["中心名称", "乡镇", "状态", "状态日期", "状态原因", "并入中心"]


@pytest.fixture
def centers(officer) -> dict[str, Center]:
    """南门村之家 and 北街村之家 of 洮阳镇, 八里铺之家 of 八里铺镇."""
    names = [("南门村之家", "洮阳镇"), ("北街村之家", "洮阳镇"), ("八里铺之家", "八里铺镇")]
    rows = [[*name, "2009-06-01"] for name in names]
    written(officer, xlsx([["中心名称", "乡镇", "建成日期"], *rows]), "centers")
    return {center.name: center for center in Center.objects.all()}


def merging(into: Any, *, status: str = "撤并", name: str = "南门村之家") -> bytes:
    return xlsx([HEAD, [name, "洮阳镇", status, "2026-07-01", "学校合并", into]])


def open_state(name: str) -> CenterState:
    return CenterState.objects.get(center__name=name, until=None)


@pytest.mark.parametrize("named", ["number", "name", "both", "another township"])
def test_named_by_number_or_by_name_in_the_county(officer, centers, named: str) -> None:
    kept = centers["八里铺之家" if named == "another township" else "北街村之家"]
    text = {"number": kept.number.lower(), "both": f"{kept.number} {kept.name}"}.get(named, kept.name)

    written(officer, merging(text), "centers")

    state = open_state("南门村之家")
    assert (state.status, state.since, state.reason, state.successor) == (
        "merged",
        date(2026, 7, 1),
        "学校合并",
        kept,
    )


def test_what_was_exported_comes_back_the_same(officer, centers) -> None:
    written(officer, merging("北街村之家"), "centers")
    resource = kind_of("centers").resources[0]()
    rows = list(resource.export_rows(Center.objects.visible_to(officer).order_by("pk"), officer))
    column = resource.export_headers().index("并入中心")

    upload = checked(officer, xlsx([resource.export_headers(), *rows]), "centers")

    assert rows[0][column] == f"{centers['北街村之家'].number} 北街村之家"
    assert (counts(upload), codes(upload)) == ({"same": 3}, [])


def test_another_successor_corrects_the_present_fact(officer, centers) -> None:
    written(officer, merging("北街村之家"), "centers")

    upload = written(officer, merging("八里铺之家"), "centers")

    assert upload.changed == 1
    assert open_state("南门村之家").successor == centers["八里铺之家"]
    assert CenterState.objects.filter(center__name="南门村之家").count() == 2


def test_one_that_does_not_exist_and_one_of_another_county_are_equally_unknown(officer, centers) -> None:
    foreign = make_center("621125", name="漳县之家")

    said = [checked(officer, merging(into), "centers") for into in ("没有这家", foreign.number, "漳县之家")]

    assert [places(upload) for upload in said] == [["F2 E_CENTER_UNKNOWN"]] * 3


def test_not_itself_and_not_while_it_runs(officer, centers) -> None:
    itself = checked(officer, merging("南门村之家"), "centers")
    running = checked(officer, merging("北街村之家", status="运行"), "centers")

    assert places(itself) == ["F2 E_SUCCESSOR_ITSELF"]
    assert places(running) == ["F2 E_SUCCESSOR_STATUS"]
    problem = running.problems.get().problem
    assert problem.message == "状态是“运行”，却写了并入的中心"
    assert problem.remedy == "只有撤并、关闭的才填并入的中心；核对状态，或者删去这一格"


def test_of_two_of_one_name_none_is_guessed(officer, centers) -> None:
    rows = [["同名之家", "八里铺镇"], ["同名之家", "新添镇"]]
    written(officer, xlsx([["中心名称", "乡镇"], *rows]), "centers")

    assert places(checked(officer, merging("同名之家"), "centers")) == ["F2 E_CENTER_AMBIGUOUS"]


# --- on its page


def change(center: Center, **values: Any) -> Any:
    center.refresh_from_db()
    client = Client()
    client.force_login(person("officer"))
    form = {"status": "merged", "since": "2026-07-01", "why": "学校合并", "version": center.version}
    return client.post(f"/centers/{center.number}/status/", form | values)


def test_on_the_page_a_name_or_a_number_will_do(centers) -> None:
    south, north = centers["南门村之家"], centers["北街村之家"]

    assert change(south, successor="八里铺之家").status_code == 302
    assert open_state("南门村之家").successor == centers["八里铺之家"]
    assert change(south, successor=f"{north.number} {north.name}", why="更正").status_code == 302
    assert (open_state("南门村之家").successor, open_state("南门村之家").reason) == (north, "更正")
    client = Client()
    client.force_login(person("officer"))
    assert "并入 北街村之家" in client.get(f"/centers/{south.number}/").content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"successor": "没有这家"}, "在您的范围内找不到“没有这家”，请填中心全称或编号。"),
        ({"successor": "GC9999999999"}, "在您的范围内找不到这个编号的活动中心，请核对。"),
        ({"successor": "南门村之家"}, "并入的中心不能是这个中心自己。"),
        ({"successor": "北街村之家", "status": "paused"}, "只有撤并、关闭的中心才填并入的中心。"),
        ({"status": "operating"}, "和现在的状态相同。"),
    ],
)
def test_what_does_not_fit_is_said(centers, values: dict[str, str], sentence: str) -> None:
    response = change(centers["南门村之家"], **values)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert open_state("南门村之家").status == "operating"
