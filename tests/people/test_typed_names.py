"""A name typed into a field and not chosen from its list: taken when it names one, refused at the field otherwise."""

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
