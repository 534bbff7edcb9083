"""What is shown of a cell whose column nobody knows yet: never a number by which a person can be found.

The mask is that of the field which the column probably means; besides, whatever looks like an ID number, a telephone
or an account is masked in any column, and what stands under a heading about addresses is hidden whole.
"""

from __future__ import annotations

import re
import unicodedata

from gansu_care.sealed.masks import mask_all, mask_id_number, mask_phone
from gansu_care.spreadsheets.columns import Column

_ADDRESS = re.compile(r"住址|地址|住处|门牌")
_NUMBER = re.compile(r"身份证|证件|号码|电话|手机|联系方式|账号|卡号")
_LONG_NUMBER = re.compile(r"[0-9][0-9 -]{7,}[0-9Xx]")
_PHONE_DIGITS, _ID_DIGITS = 11, 15
_DATE_DIGITS = 8


def masked_sample(text: str, heading: str, column: Column | None) -> str:
    """`heading` as written; `column` is the one that it probably means."""
    plain = unicodedata.normalize("NFKC", text)
    if column is not None and column.sealed and column.mask is not None:
        return column.mask(plain)
    if _ADDRESS.search(heading):
        return mask_all(plain)
    if _NUMBER.search(heading) and any(character.isdigit() for character in plain):
        return _masked_number(plain)
    return _LONG_NUMBER.sub(_masked_unless_a_date, plain)


def _masked_unless_a_date(found: re.Match[str]) -> str:
    return found[0] if len(_digits(found[0])) <= _DATE_DIGITS else _masked_number(found[0])


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def _masked_number(text: str) -> str:
    digits = _digits(text)
    if len(digits) >= _ID_DIGITS:
        return mask_id_number(digits)
    return mask_phone(digits) if len(digits) == _PHONE_DIGITS else mask_all(text)
