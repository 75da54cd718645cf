"""What can be refused, and how it is said.

Every refusal is a `Problem`: it carries the HTTP status, a sentence for the person, and, for forms,
the reason beside each field. Doors turn it into a page or into problem+json (RFC 9457).
"""

from collections.abc import Mapping

from .i18n import N_, _

Reasons = Mapping[str, list[str]]


class Problem(Exception):
    """A refusal with a status and a sentence; the base of all others."""

    status = 400
    code = "bad-request"
    title = N_("This request could not be understood.")

    def __init__(self, detail: str = "", *, fields: Reasons | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.fields: Reasons = fields or {}

    def sentence(self) -> str:
        """What happened, in the reader's language."""
        return self.detail or _(self.title)


class SignInNeeded(Problem):
    status, code, title = 401, "sign-in-needed", N_("Sign in to go on.")


class Forbidden(Problem):
    status, code, title = 403, "forbidden", N_("You may see this, but you may not do that.")


class NotFound(Problem):
    status, code, title = 404, "not-found", N_("There is nothing here, or it is not for you to see.")


class Conflict(Problem):
    status, code, title = 409, "conflict", N_("This has changed in the meantime. Look again, then repeat.")


class Over(Conflict):
    """It was done, decided or given up before. `by` whom (None: nobody known) and `how`, for doors that answer calmly
    whoever repeats an act of their own."""

    def __init__(self, detail: str = "", *, by: int | None = None, how: str = "") -> None:
        super().__init__(detail)
        self.by, self.how = by, how


class Stale(Problem):
    status, code, title = 412, "stale", N_("Somebody changed this while you were writing.")


class TooLarge(Problem):
    status, code, title = 413, "too-large", N_("This is too large to be sent.")


class WrongType(Problem):
    status, code, title = 415, "wrong-type", N_("This kind of content is not accepted here.")


class Invalid(Problem):
    status, code, title = 422, "invalid", N_("Some of what was entered needs to be mended.")


class TooMany(Problem):
    status, code, title = 429, "too-many", N_("Too many attempts. Wait a little, then try again.")

    def __init__(self, detail: str = "", *, retry_after: int = 60) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Busy(Problem):
    status, code, title = (
        503,
        "busy",
        N_("Collab is busy just now. Nothing was changed; try again in a moment."),
    )
