"""The home page, the annual report and the rows behind its figures, of a county, a prefecture and the province."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from gansu_care.accounts.models import User
from gansu_care.demo.seeding import STORY_ENDS_ON
from gansu_care.reports.home import CHILDREN
from gansu_care.reports.indicators import CHILD, INDICATORS
from tests.benchmarks.ground import measuring
from tests.benchmarks.ground.measuring import Case
from tests.benchmarks.ground.population import populate

PEOPLE = ("officer", "prefecture", "province")
YEAR = STORY_ENDS_ON.year


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=100_000, help="children in the register (100,000)")
    measuring.arguments(parser)


def run(options: Namespace) -> None:
    populate(options.rows)
    cases = (case for who in PEOPLE for case in cases_of(who))
    measuring.measure(cases, options, benchmark="figures", rows=options.rows)


def cases_of(who: str) -> Iterator[Case]:
    report = f"/reports/{YEAR}/{User.objects.select_related('division').get(username=who).division.code}/"
    yield Case(who, "home page", "/")
    yield Case(who, "home page, children on the map", f"/?measure={CHILDREN}")
    yield Case(who, "annual report", report)
    for indicator in INDICATORS.values():
        yield Case(who, f"rows behind {indicator.code}", f"{report}rows/{indicator.code}/")
        if indicator.dimensions == CHILD:
            yield Case(who, f"rows behind {indicator.code}, girls", f"{report}rows/{indicator.code}/?sex=2")
