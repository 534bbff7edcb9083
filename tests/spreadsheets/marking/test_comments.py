"""Comments at the cells: ours among hers, never two at one cell, and none of ours left when nothing is wrong."""

import re
from io import BytesIO

import pytest
from openpyxl.comments import Comment

from gansu_care.spreadsheets.marking.child import mark
from gansu_care.spreadsheets.marking.comments import LINE, LONGEST, Comments, empty_comments, text_of
from gansu_care.spreadsheets.marking.notes_drawing import with_boxes
from gansu_care.spreadsheets.marking.orders import AUTHOR, Note
from gansu_care.spreadsheets.problems import ERROR
from tests.spreadsheets.files.xlsx import one_sheet

from .asking import asked
from .parts import opened, parts
from .rich_workbook import MAIN, rich_workbook

BOX = re.compile(r"<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>")


def notes(**said: str) -> dict[tuple[int, int], list[Note]]:
    """B4="…" as a place of the sheet."""
    return {(int(at[1:]), ord(at[0]) - 65): [Note(ERROR, text)] for at, text in said.items()}


def hers(text: str, author: str = "李晓梅") -> bytes:
    return (
        f'<comments xmlns="{MAIN}"><authors><author>{author}</author></authors><commentList>'
        f'<comment ref="B4" authorId="0"><text>{text}</text></comment></commentList></comments>'
    ).encode()


@pytest.mark.parametrize(
    "text",
    [
        "<t>待核</t>",
        '<r><rPr><b/></rPr><t xml:space="preserve">待核</t></r>',
        "<t>待</t><r><t>核</t></r>",
        "",
    ],
)
def test_our_text_stands_behind_hers_in_the_same_comment(text: str) -> None:
    made = Comments(hers(text)).with_notes(notes(B4="不对 <&>"))
    assert made.count(b"<comment ") == 1
    assert re.sub(r"<[^>]+>", "", made.decode()).endswith(f"{LINE}\n不对 &lt;&amp;&gt;")
    assert Comments(made).with_notes(notes(B4="不对 <&>")) == made


@pytest.mark.parametrize(
    "text", ["<r><t>待核</t></r>", '<r><rPr><b/></rPr><t xml:space="preserve">待核</t></r>']
)
def test_what_we_wrote_behind_hers_goes_again(text: str) -> None:
    made = Comments(hers(text)).with_notes(notes(B4="不对"))
    assert Comments(made).with_notes({}) == made.replace(
        made[made.index(b"</r>") + 4 : made.index(b"</text>")], b""
    )


def test_a_program_that_joined_her_words_and_ours_loses_none_of_hers() -> None:
    joined = hers(f"<r><t>待核\n{LINE}\n不对</t></r>")
    assert Comments(joined).with_notes({}) == hers("<r><t>待核</t></r>")


def test_a_comment_of_our_own_goes_whole_with_its_box() -> None:
    comments = Comments(hers("<t>不对</t>", author=AUTHOR))
    assert b"<comment " not in comments.with_notes({})
    assert comments.removed == {(4, 1)}
    assert b"<comment " in Comments(hers("<t>不对</t>")).with_notes({})


def test_one_text_says_all_that_is_wrong_in_a_cell_and_no_more_than_is_read() -> None:
    said = [Note(ERROR, "不对"), Note(ERROR, "没有填"), Note(ERROR, "不对")]
    assert text_of(said) == "不对\n没有填"
    assert len(text_of([Note(ERROR, f"{number}：不对") for number in range(2_000)])) == LONGEST


def test_a_new_drawing_has_a_box_for_each_comment_and_an_old_one_keeps_its_shapes() -> None:
    made = with_boxes(None, {(4, 1): "不对", (6, 2): "不对"}, ()).decode()
    assert BOX.findall(made) == [("3", "1"), ("5", "2")]
    assert len(set(re.findall(r'<v:shape id="(\w+)"', made))) == 2
    fewer = with_boxes(made.encode(), {}, {(4, 1)}).decode()
    assert BOX.findall(fewer) == [("5", "2")]
    assert fewer == made.replace(made[made.index("<v:shape id") : made.index("</v:shape>") + 10], "", 1)


def test_a_drawing_that_is_not_well_formed_keeps_its_button() -> None:
    before = parts(rich_workbook([]))["xl/drawings/vmlDrawing1.vml"]
    made = with_boxes(before, {(5, 2): "不对"}, {(6, 1)}).decode()
    assert BOX.findall(made) == [("3", "1"), ("4", "2")]
    assert made.count("_x0000_t202") == 3
    assert "[0]!报送" in made
    assert made.endswith("</xml>")


def test_prefixes_that_the_drawing_does_not_bind_are_bound() -> None:
    made = with_boxes(b"<xml></xml>", {(1, 0): "不对"}, ()).decode()
    assert made.count('xmlns:x="urn:schemas-microsoft-com:office:excel"') == 2


def test_comments_that_openpyxl_wrote_are_found_and_joined() -> None:
    book = opened(one_sheet(["姓名"], ["张三"], ["李四"]))
    book["表"]["A2"].comment = Comment("待核", "李晓梅")
    stream = BytesIO()
    book.save(stream)
    after = mark(stream.getvalue(), asked({"A2": "不对", "A3": "不对"}))[1]
    sheet = opened(after)["表"]
    assert sheet["A2"].comment.text == f"待核\n{LINE}\n不对"
    assert (sheet["A2"].comment.author, sheet["A3"].comment.author) == ("李晓梅", AUTHOR)
    assert len([name for name in parts(after) if "omments/" in name or name.endswith(".vml")]) == 2


def test_an_empty_part_is_one_that_a_library_reads() -> None:
    for strict in (True, False):
        made = Comments(empty_comments(strict=strict)).with_notes(notes(B4="不对"))
        assert (b"purl.oclc.org" in made) is strict
        assert made.count(b"<comment ") == 1
