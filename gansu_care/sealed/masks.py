"""What is shown of a sealed value by default (the masks of the federation's rules for children's data)."""


def mask_id_number(text: str) -> str:
    """`620100201009010013` -> `6201**********0013`; anything short is hidden whole."""
    return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}" if len(text) >= 15 else "*" * len(text)


def mask_phone(text: str) -> str:
    """`13800000000` -> `138****0000`; a list keeps its separator; a landline keeps its area code."""
    return "、".join(_mask_one_phone(part) for part in text.split("、"))


def _mask_one_phone(text: str) -> str:
    if "-" in text:
        area, _, number = text.partition("-")
        return f"{area}-****{number[-3:]}"
    return f"{text[:3]}****{text[-4:]}" if len(text) == 11 else "****"


def mask_address(text: str) -> str:
    """Houses are hidden whole: the township stands in its own column."""
    return "******" if text else ""


def mask_birth_date(text: str) -> str:
    """`2015-03-07` -> `2015-**-**`."""
    return f"{text[:4]}-**-**" if text else ""


def mask_name(text: str) -> str:
    """`张小明` -> `张*明`, `张三` -> `张*`: beyond one's own county only."""
    if len(text) <= 1:
        return text
    return f"{text[0]}*" if len(text) == 2 else f"{text[0]}*{text[-1]}"


def mask_all(text: str) -> str:
    return "******" if text else ""


def is_masked(text: str) -> bool:
    """Whether a cell or field holds a mask rather than a value."""
    return "**" in text or (len(text) > 1 and text[1:2] == "*")
