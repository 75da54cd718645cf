"""A form sent twice is one change: one that makes something carries a token of its own (`once`), and whoever sends
it again, by a second press, by Back or after a cut line, gets the first answer. What was typed otherwise is another.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from flask import request

from collab.core import idempotency

FIELD = "once"
MOST = 64


def carried_out_once(view: Callable[..., Any]) -> Callable[..., Any]:
    """`view`, whose first command is carried out once for each token and what was typed with it."""

    @functools.wraps(view)
    def answer(**path: Any) -> Any:
        token = request.form.get(FIELD, "")
        if not 1 <= len(token) <= MOST or not token.isascii() or not token.isalnum():
            return view(**path)
        parts = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
        whole = hashlib.sha256(f"{request.method} {request.full_path}\n{parts!r}".encode("utf-8", "replace")).digest()
        with idempotency.claiming(idempotency.Claim(f"form {token} {whole.hex()[:16]}", whole)):
            return view(**path)

    return answer
