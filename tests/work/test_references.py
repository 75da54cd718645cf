"""What items are called: every unit hands out numbers of its own, whatever its code is."""

from sqlalchemy import text

from collab.core.db import writing


def test_units_whose_long_codes_begin_alike_all_open_items(app, api_of, cast):
    """A hundred sections of one directorate have numbered their items before these two."""
    chief, begun = api_of("Kostas"), "DIRECTORATEOFWORKSSE"
    with app.app_context(), writing() as session:
        for number in ("", *range(2, 100)):
            session.execute(text("insert into series (prefix) values (:prefix)"), {"prefix": f"{begun}{number}"})
    made = []
    for number in (100, 101):
        fields = {"code": f"DIRECTORATE-OF-WORKS-SECTION-{number}", "name": f"Section {number}"}
        unit = chief.post("/api/v1/units", json={**fields, "valid_from": "2020-01-01"})
        assert unit.status_code == 201, unit.json
        unit = unit.json["id"]
        with app.app_context(), writing() as session:
            session.execute(
                text("insert into series (prefix) values (:taken) on conflict do nothing"),
                {"taken": f"{begun}X{unit}" if number == 101 else begun},
            )
        joined = chief.post(
            f"/api/v1/people/{cast.Eleni}/memberships",
            json={"unit_id": unit, "kind": "member", "valid_from": "2020-01-01"},
        )
        assert joined.status_code == 201, joined.json
        task = api_of("Eleni").post("/api/v1/tasks", json={"title": "Mow", "unit": unit, "holder": cast.Eleni})
        assert task.status_code == 201, task.json
        made.append((task.json["reference"], f"{begun}{'X' * (number - 99)}{unit}-1"))
        found = api_of("Eleni").get(f"/api/v1/work-items/{task.json['reference']}")
        assert found.json["id"] == task.json["id"]
    assert [got for got, _ in made] == [want for _, want in made]
