"""When letters may come to somebody: the hour of the digest, quiet hours, working days. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

WorksOn = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Manner:
    """Hours of the person's own clock. From `quiet_from` to `quiet_until` letters wait; the same hour twice means that
    there are no quiet hours. With `working_days` they wait over free days as well."""

    mails: bool = True
    digest_hour: int = 8
    quiet_from: int = 19
    quiet_until: int = 7
    working_days: bool = True
    inbox_by: str = "day"
