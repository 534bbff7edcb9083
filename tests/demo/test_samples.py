"""The sample workbooks that a newcomer can upload: each is read, and comes to what its name promises."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from funding.models import Receipt, Source
from funding.sources import ensure_sources
from gansu_care.accounts.models import User
from gansu_care.demo.samples import (
    CENTERS,
    EQUIPMENT,
    FORTY,
    FUNDING,
    LIST_CSV,
    LIST_XLSX,
    MENDED,
    MESSY,
    SAMPLES,
    Sample,
    write_samples,
)
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import apply_upload, check_upload, confirm, receive

pytestmark = pytest.mark.django_db


def silent(*_: Any, **__: Any) -> None:
    """Progress that nobody watches."""


def checked(sample: Sample, user: User) -> Upload:
    upload = receive(sample.write(), sample.file_name, sample.kind, user, queue=False).upload
    check_upload(upload.pk, silent)
    upload.refresh_from_db()
    return upload


def applied(sample: Sample, user: User) -> Upload:
    upload = checked(sample, user)
    confirm(upload, user, warnings_acknowledged=True, queue=False)
    apply_upload(upload.pk, silent)
    upload.refresh_from_db()
    return upload


def problems(upload: Upload) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.row, problem.heading) for problem in upload.problems.all()]


def test_all_are_written_in_the_order_in_which_they_are_tried(tmp_path: Path) -> None:
    paths = write_samples(tmp_path / "samples")
    assert [path.name for path in paths] == [sample.file_name for sample in SAMPLES]
    assert [path.suffix for path in paths] == [
        ".xls",
        ".xls",
        ".xlsx",
        ".csv",
        ".xlsx",
        ".xls",
        ".xlsx",
        ".xls",
    ]
    assert all(path.stat().st_size < 50_000 for path in paths)
    assert paths[3].read_bytes().decode("gb18030").startswith("乡镇,村（社区）,姓名")


def test_the_messy_form_has_three_rows_to_mend_and_nothing_else(officer: User) -> None:
    upload = checked(MESSY, officer)
    assert (upload.rows, upload.new, upload.refused) == (24, 21, 3)
    assert problems(upload) == [
        ("E_ID_PRECISION", 9, "身份证号"),
        ("E_CODE_UNKNOWN", 17, "性别"),
        ("E_DATE_LUNAR", 27, "出生日期"),
    ]


def test_the_worst_form_has_forty_problems_of_many_kinds(officer: User) -> None:
    upload = checked(FORTY, officer)
    found = problems(upload)
    assert (len(found), upload.rows, upload.refused) == (40, 24, FORTY.refused), found
    assert len({code for code, _row, _heading in found}) > 15


def test_the_mended_form_goes_in_whole(officer: User) -> None:
    upload = applied(MENDED, officer)
    assert (upload.state, upload.rows, upload.new, upload.written) == (UploadState.APPLIED, 24, 24, 24)
    assert problems(upload) == []


def test_every_sample_goes_in_one_after_the_other(officer: User) -> None:
    ensure_sources()
    for sample in (MENDED, LIST_XLSX, LIST_CSV, CENTERS, EQUIPMENT, FUNDING):
        upload = applied(sample, officer)
        assert (sample.file_name, upload.state, problems(upload)) == (
            sample.file_name,
            UploadState.APPLIED,
            [],
        )
        assert upload.written == upload.new == upload.rows == sample.rows
    amounts = Receipt.objects.order_by("received_on").values_list("amount", flat=True)
    assert list(map(str, amounts)) == ["80000.00", "35000.00", "6000.00"]  # written in 万元


def test_the_twelve_sources_are_there_once_and_keep_their_names() -> None:
    assert ensure_sources() == 12
    renamed = Source.objects.get(name="社会组织")
    renamed.name = "社会组织捐赠"
    renamed.save()
    assert ensure_sources() == 0
    assert Counter(Source.objects.values_list("kind", flat=True)).most_common(1)[0][1] == 1
