"""Sex, ethnic group and relation, in the words people use."""

from functools import cached_property
from typing import Any

from children.code_tables import RELATION_WORDS, VAGUE_RELATIONS, EthnicGroup, Relation, Sex
from gansu_care.spreadsheets.columns import ChoiceColumn

SEX_WORDS = {
    "男性": "1", "女性": "2", "男孩": "1", "女孩": "2", "男生": "1", "女生": "2", "M": "1", "F": "2", "male": "1",
    "female": "2",
}  # fmt: skip
_NO_NUMBER = (EthnicGroup.OTHER.value, EthnicGroup.FOREIGN_BORN.value)
ETHNIC_WORDS = {
    "毛难": "36", "毛难族": "36", "维族": "05", "维": "05", "哈族": "17", "蒙": "02", "蒙族": "02", "朝族": "10",
    "保安": "47", "其它": "97", "其他": "97", "其它民族": "97", "未识别民族": "97", "外国血统": "98", "入籍": "98",
}  # fmt: skip


class SexColumn(ChoiceColumn):
    """男 or 女. A 0 is refused: some sheets mean 女 by it, the standard means unknown."""

    def __init__(self, attribute: str, headings: Any, **kwargs: Any):
        super().__init__(attribute, headings, choices=Sex.for_entry(), aliases=SEX_WORDS, **kwargs)

    def equal(self, stored: Any, read: Any) -> bool:
        return str(stored) == read


class EthnicColumn(ChoiceColumn):
    """A group of GB/T 3304, with or without 族. 97 and 98 only by name: other systems number them otherwise."""

    def __init__(self, attribute: str, headings: Any, **kwargs: Any):
        super().__init__(attribute, headings, choices=EthnicGroup, aliases=ETHNIC_WORDS, **kwargs)

    @cached_property
    def words(self) -> dict[str, str]:
        known = super().words
        for code, label in self.labels.items():
            known.setdefault(label.removesuffix("族"), code)
        return known

    def find(self, word: str) -> str | None:
        found = super().find(word)
        return None if found in _NO_NUMBER and word[:1].isdecimal() else found


class RelationColumn(ChoiceColumn):
    """A relation of GB/T 4761, in the words people use; 祖孙 and the like are asked back."""

    def __init__(self, attribute: str, headings: Any, **kwargs: Any):
        super().__init__(
            attribute, headings, choices=Relation, aliases=RELATION_WORDS, vague=VAGUE_RELATIONS, **kwargs
        )
