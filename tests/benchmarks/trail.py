"""The trail of many years: each filter of the auditors' page, and who saw one child, beside a page by primary key.

The events are made by SQL: looks at records for the most part, by the accounts of every county, of a province of
120,000 children. A page is the first one of its filter; its ratio is of processor time to that of the page which asks
for nothing but the newest events.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from children.models import Child
from gansu_care.divisions.models import Division, Level
from gansu_care.trail.models import Action, Event
from tests.benchmarks.ground.comparison import Comparison
from tests.benchmarks.ground.measuring import RUNS, Case, Visitors, explained
from tests.benchmarks.ground.population import analyze
from tests.people import DINGXI, LINTAO, ZHANG, person
from tests.records import make_child

ROWS, CHILDREN, SECONDS_APART, AT_ONCE = 5_000_000, 120_000, 19, 500_000
MOST_MS, MOST_RATIO = 1_000, 3
ACCOUNTS = ("officer", "neighbour", "county", "prefecture", "province", "system", "auditor")
OTHERS = 600  # accounts of the other counties, which sign in nowhere here
# Of a thousand acts, in this order; the rest are looks at a record.
OFTEN = {
    Action.SEARCH_ID: 20, Action.UNMASK: 10, Action.SIGN_IN: 30, Action.SIGN_OUT: 20, Action.CHANGE: 40,
    Action.SIGN_IN_FAILED: 5, Action.EXPORT: 2, Action.PRINT: 2,
}  # fmt: skip
SELDOM, EACH = (Action.SETTING, Action.UNDO, Action.REFUSED), 40_000  # one of each among so many


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=ROWS, help=f"events in the trail ({ROWS:,})")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of each page; the median counts ({RUNS})")
    parser.add_argument("--explain", action="store_true", help="the plan of each page's slowest statement")


def run(options: Namespace) -> None:
    child = Child.objects.first() or make_child()
    auditor, _county = person("auditor"), person("county")
    if Event.objects.count() < options.rows:
        print(f"making {options.rows:,} events …", flush=True)
        fill(options.rows, child.number)
        analyze()
    found, visitors = Comparison("trail", rows=options.rows), Visitors(options.runs)
    plain = visitors.measure(Case(auditor.username, "the newest", "/trail/"))
    print(f"{'the newest, by primary key':<46}{plain.ms:>8.0f} ms{plain.cpu_ms:>8.0f} ms cpu", flush=True)
    for case in cases_of(child):
        page = visitors.measure(case)
        if page.status != 200:
            raise SystemExit(f"{case.url} answers {page.status}")
        print(
            f"{case.what:<46}{page.ms:>8.0f} ms{page.cpu_ms:>8.0f} ms cpu, slowest {page.slowest_ms:.0f} ms"
        )
        found.value(f"{case.what}: times the newest", page.cpu_ms / plain.cpu_ms, at_most=MOST_RATIO)
        found.value(f"{case.what}: ms of processor", page.cpu_ms, at_most=MOST_MS)
        if options.explain:
            print(explained(page.slowest, page.params))


def cases_of(child: Child) -> Iterator[Case]:
    today = timezone.localdate()
    year_ago = today - timedelta(days=365)
    filters: dict[str, dict[str, object]] = {
        "user": {"user": "officer"},
        "user who did little": {"user": "system"},
        "a name without an account": {"user": "nobody-of-that-name"},
        "place: a county": {"place": LINTAO},
        "place: a prefecture": {"place": DINGXI},
        "place: the province": {"place": "620000"},
        "action: read": {"action": Action.READ},
        "action: export": {"action": Action.EXPORT},
        "action: setting": {"action": Action.SETTING},
        "number": {"number": child.number},
        "number of no record": {"number": "GC9999999999"},
        "since a week": {"since": today - timedelta(days=7)},
        "until a year ago": {"until": year_ago},
        "one day a year ago": {"since": year_ago, "until": year_ago},
        "user and action": {"user": "officer", "action": Action.UNMASK},
        "user and an action never done": {"user": "officer", "action": Action.REVIEW},
        "place and action": {"place": ZHANG, "action": Action.EXPORT},
        "place, action and a month": {
            "place": DINGXI, "action": Action.UNMASK, "since": year_ago, "until": year_ago + timedelta(days=30),
        },
        "user and number": {"user": "officer", "number": child.number},
    }  # fmt: skip
    for what, query in filters.items():
        yield Case("auditor", what, f"/trail/?{urlencode(query)}")
    yield Case("county", "who saw this child", f"/children/{child.number}/readers/")


# --- the events


def fill(rows: int, number: str) -> None:
    """So many events, one each SECONDS_APART until now; each 10,000th is about the child of this number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE benchmark_account (place int PRIMARY KEY, user_id bigint, username varchar(150), "
            "role varchar(30), division_code varchar(12))"
        )
        accounts = _accounts()
        cursor.executemany("INSERT INTO benchmark_account VALUES (%s, %s, %s, %s, %s)", accounts)
        cursor.execute("CREATE TEMPORARY TABLE benchmark_act (place int PRIMARY KEY, action varchar(20))")
        acts = [action for action, times in OFTEN.items() for _each in range(times)]
        acts += [Action.READ] * (1_000 - len(acts))
        cursor.executemany("INSERT INTO benchmark_act VALUES (%s, %s)", list(enumerate(map(str, acts))))
        for start in range(0, rows, AT_ONCE):
            cursor.execute(_insert(), _places(start, min(start + AT_ONCE, rows), rows, len(accounts), number))


def _accounts() -> list[tuple[int, int, str, str, str]]:
    """The province's people, and others of every county. Account numbers of the others begin far above."""
    known = [person(name) for name in ACCOUNTS]
    held = [(one.pk, one.username, str(one.role), one.division.code) for one in known]
    codes = list(
        Division.objects.in_force().filter(level=Level.COUNTY).order_by("code").values_list("code", flat=True)
    )
    held += [(1_000_000 + n, f"officer-{n}", "county_officer", codes[n % len(codes)]) for n in range(OTHERS)]
    return [(place, *one) for place, one in enumerate(held)]


def _insert() -> str:
    """Remainders of products with primes stand for chance."""
    at = {
        "postgresql": "%(end)s::timestamptz - (%(rows)s - n) * %(apart)s * INTERVAL '1 second'",
        "sqlite": "datetime(%(end)s, '-' || ((%(rows)s - n) * %(apart)s) || ' seconds')",
    }[connection.vendor]
    seldom = " ".join(
        f"WHEN n %% {EACH} = {place + 1} THEN '{action}'" for place, action in enumerate(SELDOM)
    )
    return f"""
        WITH RECURSIVE counted(n) AS (
            SELECT CAST(%(first)s AS bigint) UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < %(last)s
        )
        INSERT INTO {Event._meta.db_table}
            (at, action, user_id, username, role, division_code, address, system_user, kind, number, rows, reason,
             reference)
        SELECT {at}, CASE {seldom} ELSE act.action END, account.user_id, account.username, account.role,
            account.division_code, '10.1.2.3', '', 'child',
            CASE WHEN n %% 10000 = 0 THEN %(number)s ELSE 'GC' || (1000000000 + n * 7919 %% {CHILDREN}) END,
            1, '', 'r' || n
        FROM counted
        JOIN benchmark_account account ON account.place = n * 104729 %% %(accounts)s
        JOIN benchmark_act act ON act.place = n * 1299709 %% 1000
    """


def _places(first: int, last: int, rows: int, accounts: int, number: str) -> dict[str, object]:
    return {
        "first": first, "last": last, "rows": rows, "accounts": accounts, "number": number,
        "apart": SECONDS_APART, "end": timezone.now().replace(tzinfo=None, microsecond=0).isoformat(" "),
    }  # fmt: skip
