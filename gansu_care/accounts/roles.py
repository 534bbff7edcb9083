"""Who may do what: one table, read by `user.may(right)` everywhere.

The rights are words of this table and nothing else; a page, an admin screen or a command names one of them. What a
right reaches (own township, county, prefecture, province) is the scope rule's matter (divisions/scoping.py).
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from gansu_care.divisions.models import Level


class Role(models.TextChoices):
    COUNTY_OFFICER = "county_officer", _("县级填报员")
    STAFF_TOWNSHIP = "staff_township", _("乡镇妇联干部")
    STAFF_COUNTY = "staff_county", _("县级妇联干部")
    STAFF_PREFECTURE = "staff_prefecture", _("市州妇联干部")
    STAFF_PROVINCE = "staff_province", _("省妇联干部")
    ADMINISTRATOR = "administrator", _("省级管理员")
    LEADER = "leader", _("领导（只读）")
    AUDITOR = "auditor", _("审计员")
    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")


class Right:
    """The words of the table."""

    SEE_PERSONS = "see_persons"  # children and their families, masked
    UNMASK = "unmask"  # a full value, one child at a time, with a reason
    UNMASK_ASKED = "unmask_asked"  # the same, once another person has agreed
    APPROVE_UNMASK = "approve_unmask"
    # Which values a click with a reason opens without asking anybody (children/field_classes.py tells them apart).
    PERSONAL_INSIDE = "personal_inside"  # of children of one's own county
    SENSITIVE_INSIDE = "sensitive_inside"
    PERSONAL_BEYOND = "personal_beyond"  # of all other children in scope
    SENSITIVE_BEYOND = "sensitive_beyond"
    SEE_REGISTRY = "see_registry"  # centers, equipment
    SEE_MONEY = "see_money"
    SEE_TRAIL = "see_trail"
    SEE_READERS = "see_readers"  # on a child's page: who saw this child
    SEE_REPORT = "see_report"
    WRITE_CHILDREN = "write_children"
    WRITE_CENTERS = "write_centers"
    WRITE_EQUIPMENT = "write_equipment"
    WRITE_MONEY = "write_money"
    UPLOAD = "upload"
    ACCEPT_UPLOAD = "accept_upload"  # as the second person; and undo one that was applied
    MANAGE_UPLOADS = "manage_uploads"  # which divisions ask for a second person
    EXPORT = "export"
    APPROVE_EXPORT = (
        "approve_export"  # of files with children, asked for by somebody else of the same unit or below
    )
    PROPOSE_ERASURE = "propose_erasure"
    CONFIRM_ERASURE = "confirm_erasure"  # as the second person, of the same or a higher unit
    KEEP_REGISTERS = "keep_registers"  # requests of persons, incidents, mandatory reports
    PUBLISH_NOTICES = "publish_notices"  # what guardians are told, the rules, impact assessments
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_LOCKS = "manage_locks"
    APPROVE_GRANTS = "approve_grants"  # of roles that reach the whole province (accounts/grants.py)
    WATCH_SIGN_INS = "watch_sign_ins"  # who is signed in, ending it; alarms; the rules of signing in
    MANAGE_DIVISIONS = "manage_divisions"
    MANAGE_SETTINGS = "manage_settings"  # lists that all share and no division owns: sources of money
    SEE_JOBS = "see_jobs"
    ISSUE_REPORT = "issue_report"
    ADMIN_SITE = "admin_site"


@dataclass(frozen=True)
class RoleRow:
    """One row: the levels of division where the role exists, its rights, the levels of accounts it manages.

    嘉峪关 is a prefecture that acts as a county: the roles of both levels exist there (accounts/managing.py).
    """

    levels: frozenset[str]
    rights: frozenset[str]
    manages: frozenset[str] = frozenset()


_LOOK = {Right.SEE_REGISTRY, Right.SEE_MONEY, Right.SEE_REPORT}
_PERSONS = {*_LOOK, Right.SEE_PERSONS}
_CLERK = {*_PERSONS, Right.UPLOAD, Right.EXPORT}
_INSIDE = {Right.PERSONAL_INSIDE, Right.SENSITIVE_INSIDE}
_BEYOND = {Right.PERSONAL_BEYOND, Right.SENSITIVE_BEYOND}
_COUNTY_CLERK = {*_CLERK, Right.UNMASK, *_INSIDE}
_SUPERVISOR = {Right.APPROVE_EXPORT, Right.SEE_READERS, Right.CONFIRM_ERASURE}
_KEEP = {Right.KEEP_REGISTERS, Right.PROPOSE_ERASURE}
# The province opens no value of its own accord: one of its people agrees to what another asks.
_PROVINCE = {*_CLERK, *_KEEP, *_SUPERVISOR, Right.UNMASK_ASKED, Right.APPROVE_UNMASK}
_WRITE_ALL = {*_KEEP, Right.WRITE_CHILDREN, Right.WRITE_CENTERS, Right.WRITE_EQUIPMENT, Right.WRITE_MONEY}

#                       where it exists              what it may do                                  whose accounts
ROLES: dict[str, RoleRow] = {
    Role.COUNTY_OFFICER: RoleRow(frozenset({Level.COUNTY}), frozenset({*_COUNTY_CLERK, *_WRITE_ALL})),
    Role.STAFF_TOWNSHIP: RoleRow(frozenset({Level.TOWNSHIP}), frozenset({*_PERSONS, Right.WRITE_EQUIPMENT})),
    Role.STAFF_COUNTY: RoleRow(
        frozenset({Level.COUNTY}),
        frozenset(
            {
                *_COUNTY_CLERK,
                *_SUPERVISOR,
                *_WRITE_ALL,
                Right.ACCEPT_UPLOAD,
                Right.MANAGE_UPLOADS,
                Right.MANAGE_ACCOUNTS,
            }
        ),
        frozenset({Level.COUNTY, Level.TOWNSHIP}),
    ),
    Role.STAFF_PREFECTURE: RoleRow(
        frozenset({Level.PREFECTURE}),
        frozenset(
            {
                *_COUNTY_CLERK,
                *_KEEP,
                *_BEYOND,
                *_SUPERVISOR,
                Right.WRITE_MONEY,
                Right.WRITE_CENTERS,
                Right.ACCEPT_UPLOAD,
                Right.MANAGE_UPLOADS,
                Right.MANAGE_ACCOUNTS,
            }
        ),
        frozenset({Level.COUNTY, Level.TOWNSHIP}),
    ),
    Role.STAFF_PROVINCE: RoleRow(
        frozenset({Level.PROVINCE}),
        frozenset({*_PROVINCE, Right.WRITE_MONEY, Right.WRITE_CENTERS, Right.ACCEPT_UPLOAD}),
    ),
    Role.ADMINISTRATOR: RoleRow(
        frozenset({Level.PROVINCE}),
        frozenset(
            {
                *_PROVINCE,
                Right.PUBLISH_NOTICES,
                Right.ACCEPT_UPLOAD,
                Right.MANAGE_UPLOADS,
                Right.MANAGE_ACCOUNTS,
                Right.MANAGE_DIVISIONS,
                Right.MANAGE_SETTINGS,
                Right.ISSUE_REPORT,
                Right.ADMIN_SITE,
            }
        ),
        frozenset({Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP}),
    ),
    Role.LEADER: RoleRow(frozenset({Level.PROVINCE, Level.PREFECTURE, Level.COUNTY}), frozenset(_LOOK)),
    Role.AUDITOR: RoleRow(frozenset({Level.PROVINCE}), frozenset({*_LOOK, Right.SEE_TRAIL})),
    # Technical, and the province's accounts, which nobody else could make; none of it reads a child's record.
    Role.SYSTEM: RoleRow(
        frozenset({Level.PROVINCE}),
        frozenset({Right.MANAGE_ACCOUNTS, Right.MANAGE_LOCKS, Right.SEE_JOBS, Right.ADMIN_SITE}),
        frozenset({Level.PROVINCE}),
    ),
    # What the system administrator opens, she approves; neither reads the trail, none of the three sees a child.
    Role.SECURITY: RoleRow(
        frozenset({Level.PROVINCE}),
        frozenset({Right.APPROVE_GRANTS, Right.MANAGE_LOCKS, Right.WATCH_SIGN_INS}),
    ),
}
# 三员分立: no one person may be two of these (GB/T 22239-2019, 8.1.4; accounts/grants.py).
THREE_ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDITOR})
ALL_RIGHTS = frozenset(value for name, value in vars(Right).items() if name.isupper())
