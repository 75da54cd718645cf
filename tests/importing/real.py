"""Real files turned into our CSV: an org tree, municipal service requests, issues of a software project.

The folder is `COLLAB_TEST_DATA`, by default `../shared/data` beside the repository; what is not there is taken from
the small samples carried in `tests/samples`.
"""

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("COLLAB_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
UNITS = ("code", "name", "parent_code", "valid_from", "valid_to")
WORK = (
    "kind", "external_id", "title", "body", "unit_code", "holder_email", "state", "priority", "created", "start", "due",
    "labels", "parent_external_id", "protocol", "source", "closed",
)  # fmt: skip


def needs(name: str) -> Path:
    """The whole file where it is on this machine, else its sample."""
    file = DATA / name
    return file if file.exists() else SAMPLES / name


def written(folder: Path, header: Iterable[str], rows: Iterable[dict[str, Any]], encoding: str = "utf-8") -> Path:
    file = folder / "list.csv"
    with file.open("w", newline="", encoding=encoding) as out:
        writer = csv.DictWriter(out, list(header), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


def limnos() -> Iterator[dict[str, Any]]:
    """The units of one Greek municipality, all directly under it."""
    yield {"code": "6174", "name": "ΔΗΜΟΣ ΛΗΜΝΟΥ", "valid_from": "2010-01-01"}
    for unit in json.loads(needs("org/el_diavgeia_units_of_municipality_6174_limnos.json").read_text())["units"]:
        since = (
            datetime.fromtimestamp(unit["activeFrom"] / 1000, UTC).date() if unit["activeFrom"] else date(2010, 1, 1)
        )
        until = datetime.fromtimestamp(unit["activeUntil"] / 1000, UTC).date() if unit["activeUntil"] else ""
        yield {
            "code": unit["uid"], "name": unit["label"], "parent_code": unit["parentId"],
            "valid_from": max(since, date(2010, 1, 1)).isoformat(), "valid_to": until,
        }  # fmt: skip


def iran() -> Iterator[dict[str, Any]]:
    """Provinces, counties, districts and towns of Iran: a Persian tree of four levels."""
    levels = (
        ("ostan", "o", None),
        ("shahrestan", "s", "ostan"),
        ("bakhsh", "b", "shahrestan"),
        ("shahr", "c", "bakhsh"),
    )
    letter = {name: sign for name, sign, _above in levels}
    for name, sign, above in reversed(levels):
        file = needs(f"org/fa_iran_divisions_v2_2020-04/{name}.csv")
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                parent = f"{letter[above]}{row[above]}" if above else ""
                yield {
                    "code": f"{sign}{row['id']}",
                    "name": row["name"],
                    "parent_code": parent,
                    "valid_from": "2020-04-01",
                }


def new_york() -> Iterator[dict[str, Any]]:
    """Service requests of New York, 2018."""
    with needs("work/nyc311_2018_1000.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            closed = row["Status"] == "Closed" and row["Closed Date"]
            created, due = _american(row["Created Date"]), _american(row["Due Date"])
            done = _american(row["Closed Date"]) if closed else ""
            yield {
                "kind": "pending", "external_id": f"nyc-{row['Unique Key']}",
                "title": _line(f"{row['Complaint Type']}: {row['Descriptor']}"), "body": row["Resolution Description"],
                "unit_code": "PARKS" if "Park" in row["Agency Name"] else "ROADS",
                "state": "done" if closed and done >= created else "active", "created": created,
                "due": due[:10] if due >= created else "", "labels": row["Borough"], "protocol": row["Unique Key"],
                "source": "electronic" if row["Open Data Channel Type"] == "ONLINE" else "citizen",
                "closed": done if closed and done >= created else "",
            }  # fmt: skip


def san_francisco() -> Iterator[dict[str, Any]]:
    """Open311 requests of San Francisco, 2011."""
    for row in json.loads(needs("work/sf_open311_2011_500.json").read_text()):
        closed = row["status"].lower() == "closed"
        created, updated = row["requested_datetime"], row["updated_datetime"]
        due = (row["expected_datetime"] or "")[:10]
        yield {
            "kind": "pending", "external_id": f"sf-{row['service_request_id']}",
            "title": _line(f"{row['service_name']}, {row['address'] or ''}"), "body": row["description"] or "",
            "unit_code": "ROADS", "state": "done" if closed else "new", "created": created,
            "due": due if due >= created[:10] else "", "protocol": row["service_request_id"], "source": "electronic",
            "closed": max(created, updated) if closed and updated else "",
        }  # fmt: skip


def jira(name: str) -> Iterator[dict[str, Any]]:
    """Issues of the Titanium archive; sub-tasks stand below their issue."""
    issues = [json.loads(line) for line in needs(f"work/jira_titanium_{name}.jsonl").read_text().split("\n") if line]
    keys = {issue["key"] for issue in issues}
    above = {sub["key"]: issue["key"] for issue in issues for sub in issue["fields"]["subtasks"]}
    for issue in issues:
        fields = issue["fields"]
        done = fields["status"]["statusCategory"]["key"] == "done"
        priorities = {"Trivial": 0, "Low": 1, "Medium": 2, "High": 3, "Critical": 4, "Blocker": 4}
        parent = above.get(issue["key"], "")
        yield {
            "kind": "task", "external_id": issue["key"], "title": _line(fields["summary"]),
            "body": fields.get("description") or "", "unit_code": "TECH", "state": "done" if done else "active",
            "priority": priorities.get((fields.get("priority") or {}).get("name", ""), 2), "created": fields["created"],
            "labels": "|".join(sorted({label[:60] for label in fields["labels"]}, key=str.lower)[:20]),
            "parent_external_id": parent if parent in keys else "",
            "closed": (fields.get("resolutiondate") or fields["updated"]) if done else "",
        }  # fmt: skip


def _american(text: str) -> str:
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").isoformat() if text else ""  # noqa: DTZ007


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,:")[:200] or "?"
