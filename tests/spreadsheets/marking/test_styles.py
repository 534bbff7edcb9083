"""Colours: a marked cell keeps its look but for the fill, and the colour can be taken off again."""

import re

from django.conf import settings

from gansu_care.spreadsheets.marking.styles import COLOURS, Styles
from gansu_care.spreadsheets.problems import ERROR, WARNING

from .rich_workbook import DATE, PLAIN, STYLES, TEXT, YELLOW

XML = STYLES.encode()
FORMAT = rb"<xf (?:[^>]*/>|[^>]*>.*?</xf>)"


def test_a_coloured_cell_keeps_its_number_format_border_and_protection() -> None:
    styles = Styles(XML)
    place = styles.marked_as(TEXT, ERROR)
    added = re.findall(FORMAT, styles.written())[-1]
    assert place == 6
    assert added == (
        b'<xf numFmtId="49" fontId="0" fillId="3" borderId="1" xfId="0" applyNumberFormat="1" applyFill="1">'
        b'<protection locked="0"/></xf>'
    )


def test_counts_are_true_and_nothing_else_is_touched() -> None:
    styles = Styles(XML)
    styles.marked_as(PLAIN, ERROR)
    styles.marked_as(DATE, WARNING)
    styles.own(bold=True)
    written = styles.written().decode()
    for name, member in (("cellXfs", "xf"), ("fills", "fill"), ("fonts", "font")):
        found = re.search(rf'<{name} count="(\d+)".*?</{name}>', written)
        assert found
        assert int(found[1]) == len(re.findall(rf"<{member}[ >/]", found[0]))
    for kept in ("numFmts", "borders", "cellStyleXfs", "cellStyles", "dxfs"):
        pattern = rf"<{kept} .*?</{kept}>"
        assert re.findall(pattern, written) == re.findall(pattern, STYLES)


def test_the_same_look_is_added_once() -> None:
    styles = Styles(XML)
    assert styles.marked_as(PLAIN, ERROR) == styles.marked_as(PLAIN, ERROR)
    assert styles.marked_as(PLAIN, ERROR) != styles.marked_as(PLAIN, WARNING)


def test_the_colour_is_taken_off_again_and_her_own_comes_back() -> None:
    styles = Styles(XML)
    marked = {place: styles.marked_as(place, ERROR) for place in (PLAIN, TEXT, YELLOW)}
    again = Styles(styles.written())
    assert {place: again.plain(styled) for place, styled in marked.items()} == {
        PLAIN: PLAIN,
        TEXT: TEXT,
        YELLOW: YELLOW,
    }
    assert again.plain(DATE) == DATE
    assert again.marked_as(marked[YELLOW], ERROR) == marked[YELLOW]
    assert again.written() == styles.written()


def test_a_program_that_loses_what_is_behind_a_fill_leaves_none() -> None:
    styles = Styles(XML)
    marked = styles.marked_as(YELLOW, ERROR)
    saved = styles.written().replace(
        b'<bgColor theme="7" tint="0.59999389629810485"/>', b'<bgColor indexed="64"/>'
    )
    again = Styles(saved)
    plain = again.plain(marked)
    assert plain not in again.marked
    assert b'fillId="0"' in re.findall(FORMAT, again.written())[plain + 1]


def test_a_workbook_without_styles_gets_some() -> None:
    styles = Styles()
    assert styles.marked_as(0, ERROR) == 1
    assert b'rgb="FFEFBCB6"' in styles.written()


def test_the_colours_are_those_of_the_pages() -> None:
    css = (settings.BASE_DIR / "static" / "design.css").read_text()
    for level, token in ((ERROR, "bad"), (WARNING, "warn")):
        assert f"--gc-{token}-line: #{COLOURS[level][2:].lower()}" in css
