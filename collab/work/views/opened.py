"""What a form said when it was opened: of two who change the same thing, only those meet who change the same field."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

MOST = 2_000


def stamp(values: Mapping[str, str]) -> str:
    """The fields of a form as they stand, each as a short mark: travels with the form and tells nothing new."""
    return " ".join(f"{name}={_mark(value)}" for name, value in values.items())


def changed(given: str, values: Mapping[str, Any]) -> frozenset[str]:
    """The fields of `values` that read otherwise than when the form was opened; those it does not know of are."""
    known = dict(part.partition("=")[::2] for part in given[:MOST].split())
    return frozenset(name for name, value in values.items() if known.get(name) != _mark(str(value)))


def merged(now: Mapping[str, str], typed: Mapping[str, Any], mine: Iterable[str]) -> dict[str, Any]:
    """What stands now with one's own changes over it."""
    return {**now, **{name: typed[name] for name in mine}}


def _mark(value: str) -> str:
    return hashlib.sha256(value.replace("\r\n", "\n").strip().encode("utf-8", "replace")).hexdigest()[:16]
