"""What the columns say to people."""

from gansu_care.spreadsheets.problems import CODES, Problem
from gansu_care.spreadsheets.reading import Unreadable
from gansu_care.spreadsheets.reading.unreadable import FILE_FAULTS


def test_every_code_speaks():
    for code in CODES:
        problem = Problem(code, "首阳镇", 7, "E", "身份证号", "id_number", "6.2E+17", {})
        assert problem.message
        assert problem.remedy
        assert problem.level == ("error" if code.startswith("E_") else "warning")
    for code in FILE_FAULTS:
        places = {
            "size": 30, "limit": 20, "kind": "ods", "row": 3, "count": 300, "sheet": "表1",
            "members": 5, "million": 6, "seconds": 60, "megabytes": 1536,
        }  # fmt: skip
        assert "%" not in Unreadable(code, **places).message


def test_a_problem_says_what_is_wrong_and_what_to_do():
    problem = Problem("E_CODE_UNKNOWN", "菜子镇", 23, "C", "性别", "sex", "0", {"choices": ["男", "女"]})
    assert problem.message == "“0”没有对应的性别"
    assert problem.remedy == "从这些里选一个填上：男、女"
    assert Problem.unpack(problem.pack()) == problem
    assert problem.as_json()["code"] == "E_CODE_UNKNOWN"


def test_a_long_cell_is_cut_and_percent_signs_do_no_harm():
    problem = Problem("E_NUMBER_INVALID", value="100%s" * 40)
    assert len(problem.value) == 80
    assert "100%s" in problem.message
