"""The zip around a workbook: what is not touched keeps its very bytes, compressed as they were."""

import zipfile
from io import BytesIO

import pytest

from gansu_care.spreadsheets.marking.package import Package

from .parts import packed, parts
from .rich_workbook import rich_workbook


def a_zip(**options) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        archive.writestr("a.xml", b"<a/>" * 100)
        archive.writestr("Б/表.xml", b"<b/>" * 100)
        archive.writestr("empty/", b"")
        archive.writestr(zipfile.ZipInfo("stored.bin", (2020, 2, 29, 23, 58, 30)), b"as it is")
    return stream.getvalue()


def test_a_package_that_nobody_touched_is_the_same_in_every_part() -> None:
    for data in (a_zip(), a_zip(compresslevel=1), rich_workbook([])):
        saved = Package(data).saved()
        assert parts(saved) == parts(data)
        assert packed(saved) == packed(data)
        assert list(parts(saved)) == list(parts(data))


def test_times_names_and_rights_of_members_stay() -> None:
    data = rich_workbook([])
    before, after = (zipfile.ZipFile(BytesIO(one)).infolist() for one in (data, Package(data).saved()))
    for old, new in zip(before, after, strict=True):
        assert (new.filename, new.date_time, new.external_attr) == (
            old.filename,
            old.date_time,
            old.external_attr,
        )
        assert new.compress_type == old.compress_type


def test_sizes_stand_in_the_headers_and_zip64_is_not_needed() -> None:
    data = rich_workbook([])
    assert any(entry.flag_bits & 8 for entry in zipfile.ZipFile(BytesIO(data)).infolist())
    for entry in zipfile.ZipFile(BytesIO(Package(data).saved())).infolist():
        assert not entry.flag_bits & 8
        assert entry.extra == b""


def test_what_stands_before_the_zip_does_not_matter() -> None:
    data = a_zip()
    assert parts(Package(b"#!/bin/sh\n" + data).saved()) == parts(data)


def test_a_part_gets_other_content_in_its_old_place_and_new_ones_stand_last() -> None:
    package = Package(a_zip())
    package.put("A.XML", b"<other/>")
    package.put("new.xml", b"<new/>")
    package.drop("stored.bin")
    saved = package.saved()
    assert list(parts(saved)) == ["a.xml", "Б/表.xml", "empty/", "new.xml"]
    assert parts(saved)["a.xml"] == b"<other/>"
    assert packed(saved)["Б/表.xml"] == packed(a_zip())["Б/表.xml"]
    assert package.names() == ["a.xml", "Б/表.xml", "empty/", "new.xml"]


def test_parts_are_found_without_regard_to_case_and_a_dropped_one_is_gone() -> None:
    package = Package(a_zip())
    assert "/A.xml" in package
    assert package.free_name("a{}.xml") == "a1.xml"
    package.drop("a.xml")
    assert "a.xml" not in package
    with pytest.raises(KeyError):
        package.read("a.xml")
