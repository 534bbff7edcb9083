"""How alike names are, to the eye and to the ear."""

import pytest

from gansu_care.divisions.likeness import likeness, nearest, one_slip_apart


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("龙西县", ["陇南市", "陇西县", "泾川县"], ["陇西县"]),  # sounds like it
        ("幼儿圆", ["小学", "幼儿园"], ["幼儿园"]),
        ("陇西", ["陇西县", "漳县"], ["陇西县"]),
        ("北京", ["陇西县", "漳县"], []),
        ("", ["陇西县"], []),
    ],
)
def test_the_nearest_name_is_the_one_that_looks_or_sounds_like_it(text, names, found):
    assert nearest(text, names, most=1, least=0.6) == found


def test_what_sounds_alike_comes_before_what_looks_a_little_alike():
    assert nearest("临桃县", ["临潭县", "临洮县"], most=2, least=0.4) == ["临洮县", "临潭县"]
    assert likeness("临洮县", "临洮县") == 1


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("王小花", "王小化", True),
        ("王小花", "小王花", True),
        ("王小花", "王小花花", True),
        ("王小花", "王小花", False),
        ("王花", "王化", False),  # half of the name
        ("王小花", "李小化", False),
    ],
)
def test_one_slip_of_the_hand(name, other, alike):
    assert one_slip_apart(name, other) is alike
