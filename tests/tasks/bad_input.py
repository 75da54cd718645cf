"""What nobody should be able to break a form with: field → values that are refused at that field."""

from typing import Any

NUL, SURROGATE = "a\x00b", "a\ud800b"
LONG = "word " * 200
WRONG_DAYS = [
    "",
    "tomorrow",
    "2026-13-01",
    "2026-02-30",
    "0000-01-01",
    "9999-12-31",
    20261101,
    True,
    [],
    {},
]
WRONG_IDS = [0, -1, 2**53, 1.5, True, "eleven", [], {}, [1]]
WRONG_TEXTS = [NUL, SURROGATE, LONG, 7, True, [], {}, ["a"]]

TYPED: dict[str, list[Any]] = {
    "title": ["", " \t ", "\u200b", None, *WRONG_TEXTS],
    "body": [NUL, SURROGATE, "x" * 50_001, 7, None, []],
    "priority": [-1, 5, 1.5, "urgent", None, [], {}],
    "start_on": WRONG_DAYS,
    "due_on": WRONG_DAYS,
    "reach": ["everybody", "", None, 1, []],
    "labels": ["a", None, 7, {}, [""], [NUL], [7], [None], ["a" * 61], ["a"] * 21],
    "parent": WRONG_IDS,
    "unit": [None, *WRONG_IDS],
    "holder": WRONG_IDS,
    "source": ["nowhere", "", None, 1, []],
    "protocol_number": WRONG_TEXTS,
    "protocol_on": WRONG_DAYS,
    "counterpart": WRONG_IDS,
    "counterpart_name": WRONG_TEXTS,
    "legal_basis": WRONG_TEXTS,
    "allowed": [0, -1, 3651, 1.5, "many", True, [], {}],
    "measure": ["perhaps", 7, None, [], {}],
    "first_day_counts": ["perhaps", 7, None, [], {}],
    "rolls": ["perhaps", 7, None, [], {}],
    "least_working_days": [-1, 101, 1.5, "many", True, [], {}],
    "stopped_by": ["everybody", 7, None, [], {}],
    "rule": [0, -1, 10**9, "x", True, [], {}],
}
CASE = frozenset(
    {
        "source", "protocol_number", "protocol_on", "counterpart", "counterpart_name", "legal_basis", "allowed",
        "measure", "first_day_counts", "rolls", "least_working_days", "stopped_by", "rule",
    }
)  # fmt: skip
CASES = [(field, value) for field, values in TYPED.items() for value in values]
# A form sends text only, and an empty one means that nothing was entered.
ENTERED = [
    (field, value)
    for field, value in CASES
    if isinstance(value, str) and (value.strip() or field == "title") and "\ud800" not in value and field != "labels"
]
HARMLESS = [
    ("title", "<script>alert(1)</script>"),
    ("title", "report\u202efdp.exe"),
    ("title", "گزارش \u200cهرس درختان"),
    ("body", "<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1))"),
    ("counterpart_name", "<b>Forestry</b>"),
    ("legal_basis", "ν. 2690/1999, άρθρο 4 & \"παρ. 1\" 'x'"),
]
