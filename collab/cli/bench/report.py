"""The figures as a table for people."""

from typing import Any


def ratio(row: dict[str, Any]) -> float | None:
    """How many times the bare ceiling a page costs, as that was measured just before."""
    ceiling = row.get("ceiling_ms")
    return row["cpu_ms"] / ceiling if ceiling else None


def table(figures: dict[str, Any]) -> str:
    """Markdown: what was measured, on what, and every figure."""
    size, plan, memory = figures["size"], figures["plan"], figures["memory_mb"]
    lines = [
        f"{figures['at']}, {figures['machine']}.",
        f"{size['items']:,} items, {size['people']:,} people, {size['units']:,} units, {size['messages']:,} messages, "
        f"{size.get('decisions', 0):,} decisions; "
        f"{plan['clients']} clients, {plan['requests']} requests a round, median of {plan['rounds']} rounds.",
        "",
        "| who | page | CPU ms | × bare | p50 ms | p95 ms | queries | kB on the wire | kB |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_row(row) for row in figures["pages"]),
        "",
        "Memory (PSS): " + ", ".join(f"{name} {value:.0f} MB" for name, value in memory.items()) + ".",
    ]
    if not figures["database_counted"]:
        lines.append("The database runs elsewhere: its processor time is not in these figures.")
    failed = [f"{row['who']}, {row['page']}: {row['failed']}" for row in figures["pages"] if row["failed"]]
    return "\n".join(lines + (["", "Refused: " + "; ".join(failed)] if failed else []))


def _row(row: dict[str, Any]) -> str:
    times = ratio(row)
    cells = (
        row["who"], row["page"], f"{row['cpu_ms']:.1f}", f"{times:.1f}" if times else "", f"{row['p50_ms']:.0f}",
        f"{row['p95_ms']:.0f}", "" if row.get("queries") is None else str(row["queries"]),
        f"{row['wire_bytes'] / 1024:.1f}", f"{row['bytes'] / 1024:.1f}",
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"
