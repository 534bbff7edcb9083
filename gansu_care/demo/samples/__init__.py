"""Workbooks to try an upload with, as a county office would send them: `write_samples(folder)`.

They are of 临洮县, where the demo's `officer` stands, and can be uploaded in the order of SAMPLES.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from gansu_care.demo.samples import others
from gansu_care.demo.samples.children import IN_THE_LIST, form, plain_list, three_mistakes
from gansu_care.demo.samples.files import csv_gbk, xls, xlsx
from gansu_care.demo.samples.forty import put_in as forty_mistakes


class Sample(NamedTuple):
    """`rows`: data rows; `refused`: those among them that cannot be imported as they are."""

    file_name: str
    kind: str
    rows: int
    refused: int
    write: Callable[[], bytes]


MESSY = Sample("1 留守儿童登记表（有3行要改）.xls", "children", 24, 3, lambda: xls([form(three_mistakes)]))
MENDED = Sample("2 留守儿童登记表（已改好）.xls", "children", 24, 0, lambda: xls([form(None)]))
LIST_XLSX = Sample("3 留守儿童花名册.xlsx", "children", 6, 0, lambda: xlsx([plain_list(IN_THE_LIST[:6])]))
LIST_CSV = Sample(
    "4 留守儿童花名册（GBK）.csv", "children", 6, 0, lambda: csv_gbk(plain_list(IN_THE_LIST[6:]))
)
CENTERS = Sample("5 活动中心.xlsx", "centers", 2, 0, lambda: xlsx([others.centers()]))
EQUIPMENT = Sample("6 设备物资.xls", "equipment", 8, 0, lambda: xls([others.equipment()]))
FUNDING = Sample("7 资金到账和分配.xlsx", "funding", 5, 0, lambda: xlsx(others.funding()))
FORTY = Sample(
    "8 留守儿童登记表（有四十处问题）.xls", "children", 24, 23, lambda: xls([form(forty_mistakes)])
)
SAMPLES = (MESSY, MENDED, LIST_XLSX, LIST_CSV, CENTERS, EQUIPMENT, FUNDING, FORTY)


def write_samples(folder: Path) -> list[Path]:
    """Write all samples into `folder`, which is made if need be; returns their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / sample.file_name for sample in SAMPLES]
    for sample, path in zip(SAMPLES, paths, strict=True):
        path.write_bytes(sample.write())
    return paths
