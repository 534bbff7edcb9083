"""Full years of age. The birthday itself counts as reached; who is born on 29 February has it on 1 March."""

from datetime import date


def birthday(born: date, years: int) -> date:
    """The day on which `years` full years are reached."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def age_on(born: date, day: date) -> int:
    """Full years on `day`; 0 before birth."""
    years = day.year - born.year
    return max(0, years if birthday(born, years) <= day else years - 1)


def latest_birth_at_age(years: int, day: date) -> date:
    """The latest birth date of those who have reached `years` on `day`: under that age is born after it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
