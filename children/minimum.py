"""What is kept of a child before a parent or guardian has consented: the one list, for pages and uploads alike.

Without consent the record is a draft with the name-level minimum (Personal Information Protection Law, Art. 13, 28 and
31): who she is, where she lives, that she was registered, and what was said about consent. By that she is found again,
and her guardian can be asked. Every value without which no record can stand is among it; no number, no address, nothing
of her family, her health or her school is. What a record already holds stays as it is.
"""

MINIMUM = frozenset({
    "name", "sex", "ethnic_group", "birth_date", "division", "schooling", "registered_on", "ended_on", "end_reason",
})  # fmt: skip
"""Fields of the child, by the names that forms and columns have for them. What consent says is kept beside them."""
