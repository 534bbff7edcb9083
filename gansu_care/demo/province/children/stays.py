"""When a child was born, registered, and why and when she left the register."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from children.ages import birthday

FIRST_DAY = date(2010, 1, 4)
AGE_LIMIT, LIMIT_IN_DIFFICULTY = 16, 18
# Age at registration, in shares of a hundred.
AGES = tuple(range(1, 16))
AGE_SHARES = (1, 2, 4, 6, 7, 9, 10, 10, 10, 9, 9, 8, 7, 5, 3)
DAYS_IN_REGISTER = 3_000  # on average, when nothing but chance ended a stay
TO_THE_PRESENT = 0.65  # below 1: more have been registered lately than long ago
REASONS = (
    "父（母）返乡共同生活",
    "随父母外出（转流动儿童）",
    "户籍迁出或住址迁出本县",
    "转为孤儿、事实无人抚养等类别",
    "失联无法核实",
)
REASON_SHARES = (55, 31, 9, 3, 2)
KEPT_UP_TO_DATE = 700  # days
IN_DIFFICULTY, DRAFTS = 0.06, 0.3
DRAFTS_SINCE = 300  # days: only who was registered lately still lacks consent
DIFFICULTIES = ("自身困境", "家庭困境", "监护困境", "事实无人抚养", "临时困境")


@dataclass(frozen=True)
class Stay:
    """One child's stay in the register. `seen_on` is the day as of which the record tells of school and care.

    Records of those who left were brought up to date for a while; of those who are here, until the present.
    """

    born: date
    registered_on: date
    ended_on: date | None
    reason: str
    difficulty: str
    is_draft: bool
    seen_on: date


def draw_stay(random: Random, as_of: date) -> Stay:
    """A stay begun between 2010 and `as_of`; who is still in the register on `as_of` is young enough to be."""
    days = (as_of - FIRST_DAY).days
    registered_on = FIRST_DAY + timedelta(days=int(days * random.random() ** TO_THE_PRESENT))
    born = _born(registered_on, random)
    difficulty = random.choice(DIFFICULTIES) if random.random() < IN_DIFFICULTY else ""
    is_draft = (as_of - registered_on).days < DRAFTS_SINCE and random.random() < DRAFTS
    left_on = registered_on + timedelta(days=1 + int(random.expovariate(1 / DAYS_IN_REGISTER)))
    reason = random.choices(REASONS, REASON_SHARES)[0]
    grown_up_on = birthday(born, AGE_LIMIT)
    if difficulty and as_of < birthday(born, LIMIT_IN_DIFFICULTY):
        grown_up_on = date.max
    if grown_up_on <= left_on:
        left_on, reason = grown_up_on, "年满16周岁"
    if is_draft or left_on > as_of:
        return Stay(born, registered_on, None, "", difficulty, is_draft, as_of)
    seen_on = min(left_on, registered_on + timedelta(days=random.randrange(KEPT_UP_TO_DATE)))
    return Stay(born, registered_on, left_on, reason, difficulty, False, seen_on)


def _born(registered_on: date, random: Random) -> date:
    """Under 16 on the day of registration."""
    age = random.choices(AGES, AGE_SHARES)[0]
    return registered_on - timedelta(days=age * 365 + random.randrange(360))
