"""A name typed into a field and not chosen from its list: taken when it names one, refused at the field otherwise."""

import pytest

from collab.core.db import db
from collab.people.models import Absence


def test_a_typed_name_is_taken_or_refused_and_never_thrown_away(app, cast, client_of):
    chief, move = client_of("Kostas"), f"/administration/units/{cast.PARKS}/moves"
    typed = {"parent_id": "", "parent_id_name": "fínance", "on": "2026-12-01"}
    preview = chief.post(move, data=typed)
    assert preview.status_code == 200
    assert f'name="parent_id" value="{cast.FINANCE}"' in preview.text
    refused = chief.post(move, data=typed | {"parent_id_name": "Fin Ance"})
    assert refused.status_code == 422
    assert "Nobody is called “Fin Ance”" in refused.text
    assert 'value="Fin Ance"' in refused.text, "what was typed is kept"
    away = {"first_day": "2026-12-01", "last_day": "2026-12-04", "substitute_id": ""}
    several = chief.post(f"/people/{cast.Eleni}/absences", data=away | {"substitute_id_name": "K"})
    assert several.status_code == 422
    assert "Several are called so" in several.text
    client_of("Eleni").post(f"/people/{cast.Eleni}/absences", data=away | {"substitute_id_name": "Maria Lekka"})
    with app.app_context():
        assert db.session.query(Absence.substitute_id).scalar() == cast.Maria


@pytest.mark.parametrize(
    ("page", "field", "filled"),
    [
        ("/deadline-rules", "unit", {"name": "Permit", "allowed": 50}),
        ("/escalation-rules", "unit", {"nudge_every": 3, "nudge_most": 3, "levels": 2}),
        ("/task-templates", "unit", {"name": "Felling permit"}),
        ("/legal-holds", "unit", {"reason": "Court order"}),
    ],
)
def test_a_field_with_a_list_takes_what_is_chosen_from_it_and_a_name_alone(cast, client_of, page, field, filled):
    chief = client_of("Kostas")
    refused = chief.post(page, data={**filled, field: "", f"{field}_name": "Nowhere"})
    assert refused.status_code == 422
    assert f'id="f-{field}-error">Nobody is called “Nowhere”' in refused.text
    assert 'value="Nowhere"' in refused.text, "what was typed is kept"
    chosen = chief.post(page, data={**filled, field: cast.PARKS, f"{field}_name": "Parks"})
    assert chosen.status_code == 303, chosen.text
    alone = chief.post(page, data={**filled, field: "", f"{field}_name": "Roads"})
    assert alone.status_code == 303, alone.text


def test_of_what_cannot_be_seen_nothing_is_quoted_and_whoever_has_no_unit_has_no_empty_brackets(cast, client_of):
    chief, move = client_of("Kostas"), f"/administration/units/{cast.PARKS}/moves"
    unseen = chief.post(move, data={"parent_id": "", "parent_id_name": "\u200b\u200d", "on": "2026-12-01"})
    assert unseen.status_code == 422
    assert ("Choose one from the list." in unseen.text, "“”" in unseen.text) == (True, False)
    for at in ("one", "two"):
        new = {"email": f"zoe.{at}@city.example", "name": f"Zoe {at}", "locale": "en", "kind": "member"}
        assert chief.post("/administration/people", data=new).status_code == 303
    away = {"first_day": "2026-12-01", "last_day": "2026-12-04", "substitute_id": "", "substitute_id_name": "Zoe"}
    several = client_of("Kostas").post(f"/people/{cast.Eleni}/absences", data=away)
    assert "Several are called so: Zoe one, Zoe two." in several.text, several.text[several.text.find("Several") :][:99]
