"""The tags of a part by their places: whatever XML allows is read, and what is not replaced keeps its bytes."""

import pytest

from gansu_care.spreadsheets.marking.tags import (
    appended,
    children,
    encoded,
    replaced,
    root,
    with_attribute,
    without_asides,
)

ODD = (
    b"<?xml version='1.0'?><!-- <row> --><x:book xmlns:x='urn:x' note=\"a > b\">\n<![CDATA[</x:book>]]>"
    b"<x:sheet  x:id = 'r1' name='A &amp; B'/ ><x:sheet/><x:list ><x:sheet/></x:list  ></x:book>"
).replace(b"/ >", b"/>")


def test_elements_stand_side_by_side_whatever_is_between_them() -> None:
    top = root(ODD)
    assert (top.name, top.prefix, top.get("note")) == ("book", b"x:", "a > b")
    found = list(children(ODD, top))
    assert [one.name for one in found] == ["sheet", "sheet", "list"]
    assert (found[0].get("id"), found[0].get("name")) == ("r1", "A & B")
    assert ODD[found[2].inner : found[2].inner_end] == b"<x:sheet/>"


def test_what_has_no_element_is_no_part() -> None:
    with pytest.raises(ValueError, match="no element"):
        root(b"<?xml version='1.0'?>")


@pytest.mark.parametrize(
    ("tag", "made"),
    [
        (b'<c r="A1" s="3">', b'<c r="A1" s="7">'),
        (b"<c r='A1' s = '3'/>", b"<c r='A1' s = \"7\"/>"),
        (b'<c r="A1" t="s"/>', b'<c r="A1" t="s" s="7"/>'),
        (b'<c r="A1" />', b'<c r="A1" s="7"/>'),
        (b"<x:c>", b'<x:c s="7">'),
    ],
)
def test_an_attribute_is_replaced_where_it_stands_or_added(tag: bytes, made: bytes) -> None:
    assert with_attribute(tag, "s", "7") == made


def test_content_is_put_behind_the_last_child_also_of_an_empty_element() -> None:
    for before, after in (
        (b"<a><b/></a>", b"<a><b/><c/></a>"),
        (b"<p:a/>", b"<p:a><c/></p:a>"),
        (b"<a x='1' />", b"<a x='1'><c/></a>"),
    ):
        assert replaced(before, [appended(before, root(before), b"<c/>")]) == after


def test_comments_go_and_cdata_becomes_text() -> None:
    assert without_asides(b"<a><!-- <b> --><v><![CDATA[1 < 2]]></v><?odd?></a>") == b"<a><v>1 &lt; 2</v></a>"


def test_a_part_in_another_encoding_gets_plain_ascii() -> None:
    assert encoded(b'<?xml version="1.0" encoding="GBK"?><a/>', "改") == b"&#25913;"
    assert encoded(b"<a/>", "改") == "改".encode()
