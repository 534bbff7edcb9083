"""Every route of the site and whom it serves: written by hand from the rules, not from the code.

A route that is missing from it fails, and so does a line of the table whose route is gone (test_table.py).
"""

from typing import NamedTuple

from tests.people import PEOPLE

OPEN_TO_ALL = {"account_login", "mfa_authenticate", "set_language", "healthz"}

EVERYBODY = set(PEOPLE) - {"neighbour"}  # the neighbour county's officer has a test of her own
REGISTRY = EVERYBODY - {"system", "security"}
PERSONS = {"officer", "township", "county", "prefecture", "province", "admin"}
UPLOADERS = {"officer", "county", "prefecture", "province", "admin"}
UNMASKERS = {"officer", "county", "prefecture"}
WRITE_CHILDREN = {"officer", "county"}
WRITE_CENTERS = {"officer", "county", "prefecture", "province"}
WRITE_EQUIPMENT = {"officer", "county", "township"}
WRITE_MONEY = {"officer", "county", "prefecture", "province"}
ACCOUNTS = {"county", "prefecture", "admin", "system"}
ADMINISTRATORS = {"admin", "system"}
SECOND_PERSONS = {"county", "prefecture", "province", "admin"}
UPLOAD_MANAGERS = {"county", "prefecture", "admin"}
KEEPERS = {"officer", "county", "prefecture", "province", "admin"}
PROVINCE_CLERKS = {"province", "admin"}
APPROVERS, APPROVING = {"county", "prefecture", "province", "admin"}, {"approve", "refuse"}


class Row(NamedTuple):
    """Who is served. `beyond`: those who have the right, but for whom the example does not exist."""

    served: set[str]
    arguments: str = ""  # a key of `examples`
    beyond: set[str] = set()


TABLE: dict[str, Row] = {
    # one's own account
    "account_logout": Row(EVERYBODY),
    "account_change_password": Row(EVERYBODY),
    "account_reauthenticate": Row(EVERYBODY),
    "mfa_reauthenticate": Row(EVERYBODY),
    "mfa_index": Row(EVERYBODY),
    "mfa_activate_totp": Row(EVERYBODY),
    "mfa_deactivate_totp": Row(EVERYBODY, "", EVERYBODY),  # not there before a second factor is
    "mfa_view_recovery_codes": Row(EVERYBODY, "", EVERYBODY),  # not there before a second factor is
    "mfa_generate_recovery_codes": Row(EVERYBODY),
    "mfa_download_recovery_codes": Row(EVERYBODY, "", EVERYBODY),  # not there before a second factor is
    "usersessions_list": Row(EVERYBODY),
    # pages
    "pages:home": Row(EVERYBODY),
    "pages:search": Row(EVERYBODY),
    "pages:stand": Row(EVERYBODY),
    "pages:watermark": Row(EVERYBODY),
    "pages:printed": Row(EVERYBODY),
    "pages:help": Row(EVERYBODY),
    "pages:help_task": Row(EVERYBODY, "task"),
    # children
    "children:list": Row(PERSONS),
    "children:add": Row(WRITE_CHILDREN),
    "children:detail": Row(PERSONS, "child"),
    "children:edit": Row(WRITE_CHILDREN, "child"),
    "children:history": Row(PERSONS, "child"),
    "children:exit": Row(WRITE_CHILDREN, "child"),
    "children:return": Row(WRITE_CHILDREN, "child"),
    "children:void": Row(WRITE_CHILDREN, "child"),
    "children:merge": Row(WRITE_CHILDREN, "child"),
    "children:unmask": Row(UNMASKERS, "sealed value"),  # the province after another's yes only
    "children:readers": Row(APPROVERS, "child"),
    "children:unmask_ask": Row(PROVINCE_CLERKS, "child"),
    "children:unmask_requests": Row(PROVINCE_CLERKS),
    "children:unmask_request": Row(PROVINCE_CLERKS, "unmask request"),
    "children:papers": Row(PERSONS),
    "children:consent": Row(WRITE_CHILDREN, "child"),
    "children:consent_paper": Row(WRITE_CHILDREN, "child"),
    "children:consent_withdraw": Row(WRITE_CHILDREN, "child"),
    "children:consent_print": Row(WRITE_CHILDREN, "child"),
    "children:consent_scan": Row(UNMASKERS, "scan"),
    # personal information protection
    "protection:notice_list": Row(EVERYBODY),
    "protection:notice_detail": Row(EVERYBODY, "notice"),
    "protection:notice_publish": Row({"admin"}, "kind of notice"),
    "protection:erasure_due": Row(KEEPERS),
    "protection:erasure_list": Row(KEEPERS),
    "protection:erasure_propose": Row(KEEPERS, "child"),
    "protection:erasure_decide": Row(SECOND_PERSONS, "child to be erased"),
    "protection:request_list": Row(KEEPERS),
    "protection:request_add": Row(KEEPERS),
    **{
        f"protection:request_{page}": Row(KEEPERS, "request")
        for page in ("detail", "edit", "history", "void", "answer", "printout")
    },
    "protection:request_letter": Row(KEEPERS, "answered request"),
    "protection:incident_list": Row(KEEPERS),
    "protection:incident_add": Row(KEEPERS),
    **{
        f"protection:incident_{page}": Row(KEEPERS, "incident")
        for page in ("detail", "edit", "history", "void", "letter")
    },
    # what happened to which child is nobody's business beyond the county
    "protection:report_list": Row(KEEPERS),
    "protection:report_add": Row(KEEPERS),
    **{
        f"protection:report_{page}": Row(KEEPERS, "mandatory report", {"prefecture", "province", "admin"})
        for page in ("detail", "edit", "history", "void")
    },
    "protection:assessment_list": Row({"admin"}),
    "protection:assessment_add": Row({"admin"}),
    **{
        f"protection:assessment_{page}": Row({"admin"}, "assessment")
        for page in ("detail", "edit", "history", "void", "file")
    },
    "children:transfers": Row(UPLOADERS),
    "children:transfer": Row(UPLOADERS, "transfer"),
    "children:transfer_decide": Row(UPLOADERS, "transfer"),
    # only from a row that was held, by people of the unit that sent the file
    "children:ask_transfer": Row({"officer", "county"}, "row", {"officer", "county"}),
    # centers and equipment
    "centers:list": Row(REGISTRY),
    "centers:export": Row(UPLOADERS),
    "centers:add": Row(WRITE_CENTERS),
    "centers:options": Row(REGISTRY),
    "centers:detail": Row(REGISTRY, "center"),
    "centers:edit": Row(WRITE_CENTERS, "center"),
    "centers:history": Row(REGISTRY, "center"),
    "centers:status": Row(WRITE_CENTERS, "center"),
    "centers:void": Row(WRITE_CENTERS, "center"),
    "centers:stocktake": Row(WRITE_EQUIPMENT, "center"),
    "centers:phone": Row(UNMASKERS, "center"),
    "centers:equipment_list": Row(REGISTRY),
    "centers:equipment_export": Row(UPLOADERS),
    "centers:equipment_add": Row(WRITE_EQUIPMENT),
    "centers:equipment_detail": Row(REGISTRY, "equipment"),
    "centers:equipment_edit": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_history": Row(REGISTRY, "equipment"),
    "centers:equipment_void": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_dispose": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_lend": Row(WRITE_EQUIPMENT, "equipment"),
    "centers:equipment_return": Row(WRITE_EQUIPMENT, "equipment"),
    # money
    "funding:overview": Row(REGISTRY),
    **{
        f"funding:{kind}_{page}": Row(served, kind if page not in ("list", "export", "add") else "")
        for kind in ("receipt", "allocation", "disbursement", "expenditure")
        for page, served in {
            "list": REGISTRY,
            "export": UPLOADERS,
            "add": WRITE_MONEY,
            "detail": REGISTRY,
            "edit": WRITE_MONEY,
            "history": REGISTRY,
            "void": WRITE_MONEY,
            "reverse": WRITE_MONEY,
        }.items()
    },
    "funding:reconciliation_list": Row(REGISTRY),
    "funding:reconciliation_add": Row(WRITE_MONEY),
    "funding:reconciliation_detail": Row(REGISTRY, "reconciliation"),
    "funding:reconciliation_edit": Row(WRITE_MONEY, "reconciliation"),
    "funding:reconciliation_history": Row(REGISTRY, "reconciliation"),
    "funding:reconciliation_close": Row(WRITE_MONEY, "reconciliation"),
    "funding:reconciliation_void": Row(WRITE_MONEY, "reconciliation"),
    # uploads
    "spreadsheets:list": Row(UPLOADERS),
    "spreadsheets:choose": Row(UPLOADERS),
    "spreadsheets:jobs": Row(UPLOADERS),
    "spreadsheets:cancel": Row(UPLOADERS, "job"),
    "spreadsheets:export_file": Row(UPLOADERS, "export", UPLOADERS - {"officer"}),
    "spreadsheets:blank": Row(UPLOADERS, "kind"),
    "spreadsheets:filled": Row(UPLOADERS, "kind"),
    "spreadsheets:scorecard": Row(UPLOADERS),
    "spreadsheets:headings": Row(UPLOADERS),
    "spreadsheets:second_person": Row(UPLOAD_MANAGERS),
    **{
        f"spreadsheets:{page}": Row(SECOND_PERSONS, "upload")
        for page in ("review_rows", "review_accept", "send_back", "undo")
    },
    **{
        f"spreadsheets:{page}": Row(UPLOADERS, "upload")
        for page in (
            "detail",
            "progress",
            "columns",
            "sheets",
            "problems",
            "problem_file",
            "preview",
            "confirm",
            "recheck",
            "review",
            "done",
            "ended",
            "undone",
        )
    },
    # the marked file quotes every cell: only people of the unit that sent it
    "spreadsheets:marked": Row({"officer", "county"}, "upload"),
    "spreadsheets:refused_rows": Row({"officer", "county"}, "upload"),
    # files with children
    "exports:list": Row(UPLOADERS),
    "exports:ask": Row(UPLOADERS, "source"),
    **{
        f"exports:{page}": Row(UPLOADERS if page not in APPROVING else APPROVERS, "export request")
        for page in ("detail", "approve", "refuse", "withdraw", "file")
    },
    # and so do the pages of single rows
    "spreadsheets:mend": Row({"officer", "county"}, "row"),
    "spreadsheets:doubtful": Row({"officer", "county"}, "upload"),
    "spreadsheets:doubtful_row": Row({"officer", "county"}, "row"),
    # report
    "reports:report": Row(REGISTRY),
    "reports:annual": Row(REGISTRY, "report", {"township"}),
    "reports:workbook": Row(REGISTRY, "report", {"township"}),
    "reports:rows": Row(REGISTRY, "figure", {"township"}),
    # accounts; the system administrator manages the province's, not those of a township
    "accounts:list": Row(ACCOUNTS),
    "accounts:add": Row(ACCOUNTS),
    "account_sheet": Row(ACCOUNTS),
    "account_sheet_blank": Row(ACCOUNTS),
    "accounts:locks": Row({"system", "security"}),
    "accounts:grants": Row({"security"}),
    "accounts:approve": Row({"security"}, "grant"),
    "accounts:refuse": Row({"security"}, "grant"),
    "accounts:watch": Row({"security"}),
    "accounts:alarm": Row({"security"}, "alarm"),
    "accounts:sign_ins": Row({"security"}),
    "accounts:end_session": Row({"security"}, "session"),
    "accounts:detail": Row(ACCOUNTS, "account", {"system"}),
    "accounts:edit": Row(ACCOUNTS, "account", {"system"}),
    "accounts:end": Row(ACCOUNTS, "account", {"system"}),
    "accounts:password": Row(ACCOUNTS, "account", {"system"}),
    "accounts:restore": Row(ACCOUNTS, "ended account", {"system"}),
    # trail, divisions, jobs
    "trail:list": Row({"auditor"}),
    "trail_export": Row({"auditor"}),
    "trail_audit": Row({"auditor"}, "year"),
    "divisions:list": Row({"admin"}),
    "divisions:load": Row({"admin"}),
    "divisions:confirm": Row({"admin"}),
    "jobs:list": Row({"system"}),
}

# Whose screens each administrator finds in the admin, by app; everybody else finds none of it.
ADMIN_APPS = {
    "admin": {"accounts", "divisions", "spreadsheets", "centers", "children", "funding", "protection"},
    "system": {"accounts", "divisions", "jobs"},
}


ANYBODYS = ("", "task", "kind", "notice", "kind of notice", "source", "year")
SCOPED = {name: row for name, row in TABLE.items() if row.arguments not in ANYBODYS}
