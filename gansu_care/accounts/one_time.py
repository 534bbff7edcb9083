"""One-time passwords: read out or handed over on paper, good for one sign-in, then replaced by the person's own."""

import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password

# No vowels, so that no word comes about; nothing that looks like something else (0 o, 1 l i).
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
GROUPS, LENGTH = 3, 4


def new_password() -> str:
    """Such as `k7pm-29xt-hr4w`: 57 bits, long enough for the rules of passwords, easy to dictate."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))


# A list of accounts is hashed in one request. 57 random bits need no slow hash: a guess costs 2**57 of these rounds.
# At the first sign-in Django hashes the password anew with its own number of rounds.
ROUNDS = 50_000


def hashed(password: str) -> str:
    """A one-time password as it is stored."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), ROUNDS)
    return make_password(password)
