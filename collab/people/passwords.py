"""Passwords: kept as argon2id, checked without letting anybody learn who has an account, chosen under few rules.

argon2id with 19 MiB, two passes, one lane (OWASP's first choice for servers that serve others meanwhile). At most
four are reckoned at once, in gevent's thread pool, so that a storm of sign-ins takes neither the memory nor the loop.
"""

from collections.abc import Callable
from functools import cache
from threading import BoundedSemaphore
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from collab.core.apart import beside_the_loop
from collab.core.dates.shown import digits
from collab.core.errors import Busy
from collab.core.i18n import N_, _

R = TypeVar("R")

LEAST: Final = 12
AT_ONCE: Final = 4
PATIENCE: Final = 5.0  # seconds a sign-in waits for its turn

# Of a secret that nobody kept: verifying against it costs what verifying any password costs.
NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$mns8R+AEMoi1UTZ5s7gC0g$K45KXc5a7cJ1vm0t63wAU9zG9uN7MUine5fe3Abatr0"
)
# Of the passwords most often found in leaks, those that are long enough to pass the first rule.
WORST: Final = frozenset(
    """
    123456789012 1234567890123 12345678901234 123456789123 1234567891011 0123456789012 111111111111 000000000000
    121212121212 112233445566 123123123123 123456123456 1q2w3e4r5t6y 1qaz2wsx3edc q1w2e3r4t5y6 qwertyuiop12
    qwertyuiop123 qwertyuiopasdf qwertyuiop[] qwerty123456 qwerty1234567 asdfghjkl123 zxcvbnm12345 abcdefghijkl
    abcdef123456 abc123456789 aa1234567890 a1234567890b password1234 password12345 password123456 passwordpassword
    password2024 password2025 password2026 password!234 p@ssw0rd1234 passw0rd1234 administrator administrator1
    changemechangeme letmeinletmein welcome12345 welcome123456 iloveyou1234 iloveyouiloveyou sunshine1234
    princess1234 football1234 baseball1234 superman1234 dragondragon monkeymonkey trustno1trustno1 whateverwhatever
    correcthorsebatterystaple correct-horse-battery-staple startrek1234 liverpool1234 olympiakos1925 panathinaikos
    panathinaikos1908 thessaloniki thessaloniki1 thessaloniki2310 kalimera1234 perspolis1234 esteghlal1234
    """.split()  # noqa: SIM905
)

_turn = BoundedSemaphore(AT_ONCE)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str) -> str:
    """What is kept of a password. Raises Busy when too many wait."""
    return _apart(lambda: _hasher().hash(password))


def is_password(kept: str | None, given: str) -> bool:
    """Whether `given` is the password kept; where none is kept, no, after the same time. Raises Busy."""

    def look() -> bool:
        try:
            return _hasher().verify(kept or NOBODYS_HASH, given) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    return _apart(look)


def is_old(kept: str) -> bool:
    """Whether a password is kept at other costs than new ones are: it is hashed anew when it is next typed."""
    return _hasher().check_needs_rehash(kept)


def fault(password: str, email: str) -> str:
    """Why this password cannot be chosen, in the language being spoken; empty when it can."""
    folded = password.casefold().strip()
    if len(password) < LEAST:
        said = N_("Too short: it has %(length)s of at least %(least)s characters.")
        return _(said, length=digits(len(password)), least=digits(LEAST))
    if folded == email.casefold() or folded == email.partition("@")[0].casefold():
        return _(N_("Use something other than your mail address."))
    if folded in WORST or len(set(folded)) < 5:
        return _(N_("This password is among the first to be guessed. Choose another one."))
    return ""


def _apart(work: Callable[[], R]) -> R:
    """Do `work` beside the event loop, a few at a time."""
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return beside_the_loop(work)
    finally:
        _turn.release()
