"""Why a file is not taken."""

from typing import Literal

Code = Literal["empty", "too-large", "program", "not-as-named", "broken-archive", "archive-too-large", "archive-unsafe"]


class Refused(ValueError):
    """A file that is not taken. `code` says why; `limit` is the bound in bytes or entries where there is one."""

    def __init__(self, code: Code, limit: int | None = None) -> None:
        super().__init__(code if limit is None else f"{code}: {limit}")
        self.code = code
        self.limit = limit
