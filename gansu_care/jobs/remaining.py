"""How long a step will still take: said only when enough of it is done to know."""

from datetime import timedelta

LEAST_SPENT = timedelta(seconds=2)
LEAST_SHARE = 20  # a twentieth of the rows


def remaining(done: int, total: int, spent: timedelta, since: timedelta = timedelta()) -> timedelta | None:
    """At the pace of the step so far: `done` of `total` took `spent`, and `since` has passed after that.

    None while less than two seconds or a twentieth of the rows have gone, and when nothing is left.
    """
    if spent < LEAST_SPENT or not total or done * LEAST_SHARE < total or done >= total:
        return None
    return max(spent * (total - done) / done - since, timedelta(seconds=1))
