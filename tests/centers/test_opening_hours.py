"""Opening hours: read from a line, written back in one way, filled in as ticks and times."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from centers.models import Center
from centers.opening_hours import Unreadable, in_words, read, row, written
from tests.people import person
from tests.records import make_center
from tests.uploading import changed_fields, checked, counts, places, xlsx
from tests.uploading import written as uploaded

WEEK, WEEKEND = (1, 2, 3, 4, 5), (6, 7)


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("周一至周五 14:30-18:00；周六、周日 9:00-17:00", "周一至周五 14:30-18:00；周六、周日 9:00-17:00"),
        ("周一至周五 16:00–18:30，周末 9:00–17:00", "周一至周五 16:00-18:30；周六、周日 9:00-17:00"),
        (
            "周一至周五 12:00–14:00、16:30–18:00，寒暑假 9:00–17:00",
            "周一至周五 12:00-14:00、16:30-18:00；寒暑假每天 9:00-17:00",
        ),
        ("周六、周日和寒暑假 9:00–17:30", "周六、周日 9:00-17:30；寒暑假每天 9:00-17:30"),
        (
            "学期中：周一至周五16:00-18:00，周六 9:00-12:00；寒暑假 9:00-17:00",
            "学期中周一至周五 16:00-18:00；学期中周六 9:00-12:00；寒暑假每天 9:00-17:00",
        ),
        ("周一至周五（学期中）16:00-18:00", "学期中周一至周五 16:00-18:00"),
        ("寒暑假周一至周五9:00-17:00", "寒暑假周一至周五 9:00-17:00"),
        ("每周一、三、五 16点-18点", "周一、周三、周五 16:00-18:00"),
        ("星期一到星期五：下午4点半至6点", "周一至周五 16:30-18:00"),
        ("周一三五 下午2:30-6:00", "周一、周三、周五 14:30-18:00"),
        ("周五至周一 9:00-10:00", "周一、周五至周日 9:00-10:00"),
        ("工作日16:00—18:00\n周末9.00—17.00", "周一至周五 16:00-18:00；周六、周日 9:00-17:00"),
        ("周末、节假日9:00-17:00，免费开放", "周六、周日 9:00-17:00；节假日每天 9:00-17:00"),
        ("每天　８：３０－１７：３０", "每天 8:30-17:30"),
    ],
)
def test_a_line_is_read_and_written_in_one_way(line: str, canonical: str) -> None:
    rows = read(line)

    assert written(rows) == canonical
    assert read(canonical) == rows


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("随时开放", "随时"),
        ("周一至周五放学后", "放学后"),
        ("周末", ""),
        ("8:30-17:30", ""),
        ("周一至周五 9-17", "9-17"),
        ("周一至周五 18:00-16:00", "18:00-16:00"),
        ("周二 25:00-26:00", "25:00"),
        ("暑假 9:00-17:00", "暑假"),
    ],
)
def test_what_says_no_day_and_time_is_not_guessed(line: str, part: str) -> None:
    with pytest.raises(Unreadable) as fault:
        read(line)
    assert fault.value.part == part


def test_the_page_speaks_the_readers_language() -> None:
    rows = read("周一至周五 14:30-18:00；寒暑假 9:00-17:00")

    assert in_words(rows) == "周一至周五 14:30-18:00；寒暑假每天 9:00-17:00"
    with translation.override("en"):
        assert written(rows) == "周一至周五 14:30-18:00；寒暑假每天 9:00-17:00"


# --- on a page


def lines(*rows: tuple) -> dict[str, Any]:
    """What a form sends for lines of (days, from, until, season)."""
    return {
        f"opening_hours-{place}-{name}": value
        for place, line in enumerate(rows)
        for name, value in zip(("days", "from", "until", "season"), line, strict=True)
    }


def edit(center: Center, **values: Any) -> Any:
    client = Client()
    client.force_login(person("officer"))
    form = {
        "name": center.name, "type": center.type, "division": center.division_id, "free_of_charge": "on",
        "manager": "王秀英", "manager_phone": "13800000000", "version": center.version,
    }  # fmt: skip
    return client.post(f"/centers/{center.number}/edit/", form | values)


@pytest.mark.django_db
def test_an_officer_ticks_days_and_fills_in_times() -> None:
    center = make_center()
    given = lines(
        (["6", "7"], "09:00", "17:00", "all"), (["1", "2"], "16:00", "18:00", "term"), ([], "", "", "all")
    )

    response = edit(center, **given)

    center.refresh_from_db()
    assert response.status_code == 302, response.content.decode()
    assert center.opening_hours == [
        row(WEEKEND, "09:00", "17:00"),
        row((1, 2), "16:00", "18:00", "term"),
    ]
    client = Client()
    client.force_login(person("officer"))
    shown = client.get(f"/centers/{center.number}/").content.decode()
    assert "周六、周日 9:00-17:00；学期中周一、周二 16:00-18:00" in shown
    history = client.get(f"/centers/{center.number}/history/").content.decode()
    assert "周六、周日 9:00-17:00；学期中周一、周二 16:00-18:00" in history


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (([], "09:00", "17:00", "all"), "开放时间第 1 行没有选星期几。"),
        ((["1"], "09:00", "", "all"), "开放时间第 1 行的起止时间没有填全，请填成 14:30 这样。"),
        ((["1"], "17:00", "09:00", "all"), "开放时间第 1 行的结束时间不晚于开始时间，请核对。"),
        ((["1"], "9", "17:00+08:00", "all"), "开放时间第 1 行的起止时间没有填全，请填成 14:30 这样。"),
        ((["1"], "nine", "17:00", "all"), "开放时间第 1 行的起止时间没有填全，请填成 14:30 这样。"),
        ((["1"], "09:00", "17:00", "never"), "开放时间第 1 行的时期请从选项中选。"),
    ],
)
def test_what_a_line_lacks_is_said(line: tuple, sentence: str) -> None:
    center = make_center()

    response = edit(center, **lines(line))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Center.objects.get().opening_hours == []


# --- in a workbook


def table(hours: str, **more: str) -> bytes:
    row_ = {"中心名称": "南门村之家", "乡镇": "洮阳镇", "开放时间": hours} | more
    return xlsx([list(row_), list(row_.values())])


@pytest.mark.django_db
def test_a_cell_becomes_rows_and_another_spelling_changes_nothing(officer) -> None:
    uploaded(officer, table("周一至周五 16:00–18:30，周末 9:00–17:00"), "centers")

    assert Center.objects.get().opening_hours == [
        row(WEEK, "16:00", "18:30"),
        row(WEEKEND, "09:00", "17:00"),
    ]
    same = checked(officer, table("周六日 9:00-17:00；周一到周五 16:00-18:30"), "centers")
    other = checked(officer, table("周六日 9:00-17:00"), "centers")
    cleared = checked(officer, table("清空"), "centers")
    assert counts(same) == {"same": 1}
    assert changed_fields(other) == changed_fields(cleared) == ["opening_hours"]
    change = other.staged.get().changes[0]
    assert (change["old"], change["new"]) == (
        "周一至周五 16:00-18:30；周六、周日 9:00-17:00",
        "周六、周日 9:00-17:00",
    )


@pytest.mark.django_db
def test_a_cell_that_cannot_be_read_is_said_with_an_example(officer) -> None:
    upload = checked(officer, table("放学以后"), "centers")

    problem = upload.problems.get().problem
    assert (counts(upload), places(upload)) == ({"refused": 1}, ["C2 E_HOURS_UNREADABLE"])
    assert problem.message == "开放时间里的“放学以后”看不懂"
    assert problem.remedy == "写成“周一至周五 14:30-18:00；周六、周日 9:00-17:00”这样，几段之间用分号隔开"
