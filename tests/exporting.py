"""Files with children, asked for, agreed to, made and fetched as people do it."""

import io
from collections.abc import Iterable
from typing import Any

import msoffcrypto
from openpyxl import load_workbook

from gansu_care.accounts.models import User
from gansu_care.accounts.roles import Role
from gansu_care.divisions.models import Level
from gansu_care.spreadsheets.exports.asking import ask
from gansu_care.spreadsheets.exports.deciding import approve
from gansu_care.spreadsheets.exports.handing_out import hand_out
from gansu_care.spreadsheets.exports.making import make_export
from gansu_care.spreadsheets.exports.sources import SOURCES
from gansu_care.spreadsheets.models import ExportRequest
from gansu_care.spreadsheets.release import ReleasedFile, release
from tests.people import make_user

EVERY_PART = [part.code for part in SOURCES["children"].parts]
SUPERVISORS = {
    Level.COUNTY: Role.STAFF_COUNTY,
    Level.PREFECTURE: Role.STAFF_PREFECTURE,
    Level.PROVINCE: Role.STAFF_PROVINCE,
}


def no_progress(*args: Any, **kwargs: Any) -> None:
    """Nobody watches."""


def supervisor_of(user: User) -> User:
    """Somebody else of her unit who may agree."""
    assert user.division
    name = f"yes-{user.division.code}-{user.pk}"
    return User.objects.filter(username=name).first() or make_user(
        SUPERVISORS[Level(user.division.level)], user.division, username=name, name="同意人"
    )


def asked(
    user: User, query: str = "", *, full: bool = False, parts: Iterable[str] = EVERY_PART, place: str = ""
) -> ExportRequest:
    """A request for the list of children as filtered by `query`."""
    assert user.division
    return ask(
        user, SOURCES["children"], place=place or user.division.code, query=query, purpose="开学前核对",
        recipient="本人", parts=parts, full=full,
    )  # fmt: skip


def agreed(user: User, query: str = "", **how: Any) -> tuple[ExportRequest, str]:
    """The request that her supervisor agreed to, and the password of its file."""
    request = asked(user, query, **how)
    password = approve(request, supervisor_of(user))
    return ExportRequest.objects.get(pk=request.pk), password


def fetched(user: User, query: str = "", **how: Any) -> tuple[bytes, str]:
    """The file as it lies on her disk, and its password."""
    request, password = agreed(user, query, **how)
    make_export(request.pk, no_progress)
    answer = hand_out(ExportRequest.objects.get(pk=request.pk), user)
    return b"".join(answer.streaming_content), password  # type: ignore[arg-type]


def opened(content: bytes, password: str) -> bytes:
    """The workbook behind its password, as Excel would open it."""
    file, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    assert file.is_encrypted()
    file.load_key(password=password)
    file.decrypt(plain)
    return plain.getvalue()


def sheet_of(user: User, query: str = "", **how: Any) -> Any:
    """The list in the file that she fetched and opened."""
    return load_workbook(io.BytesIO(opened(*fetched(user, query, **how)))).worksheets[0]


def released_on_request(user: User, rows: Any, *, full: bool = False, **how: Any) -> ReleasedFile:
    """What the one door gives for these rows, opened with its password; for tests of what stands in files."""
    request, password = agreed(user, full=full, **how)
    made = release(user, "children", rows, approval=request)
    made.file = io.BytesIO(opened(made.content, password))
    return made
