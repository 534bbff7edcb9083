"""Days in which an office answers: Monday to Friday.

Public holidays are set each year by notice and are not known here: a date may fall too early, never too late.
"""

from datetime import date, timedelta

SATURDAY = 5


def after_working_days(day: date, count: int) -> date:
    """The day on which `count` working days have passed since `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
