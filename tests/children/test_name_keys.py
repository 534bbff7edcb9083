"""Names in letters: the short way for two characters gives what the library gives for the pair."""

from itertools import product

import pytest
from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT

from children.name_keys import _given, readings, sort_key

CHARACTERS = "小大桂英重长乐单行了得都会还地为和中强玲龘㐀"


def library(name: str) -> tuple[str, ...]:
    return tuple(part[0].lower() for part in pinyin(name, style=Style.NORMAL, errors=list))


@pytest.mark.parametrize("first", CHARACTERS)
def test_two_characters_sound_as_the_library_reads_them(first):
    pairs = [first + second for second in CHARACTERS]
    assert {pair: _given(pair) for pair in pairs} == {pair: library(pair) for pair in pairs}


def test_words_are_among_them():
    pairs = {first + second for first, second in product(CHARACTERS, repeat=2)}
    words = sorted(pairs & PHRASES_DICT.keys())
    assert {"长大", "中和"} <= set(words)
    assert [_given(word) for word in words] == [library(word) for word in words]


@pytest.mark.parametrize(
    ("name", "key"),
    [("王长乐", "wangchangle"), ("单小大", "shanxiaoda"), ("张A小", "zhangaxiao"), ("王", "wang"), ("", "")],
)
def test_the_likeliest_reading_sorts_the_list(name, key):
    assert sort_key(name) == key
    assert not name or readings(name)[0][0] == key
