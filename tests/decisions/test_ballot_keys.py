"""Where the keys of confidential votes lie: apart from everything that is backed up."""

import pytest

from collab.cli.local import examine
from collab.core.db import db
from collab.decisions.models import Decision
from collab.decisions.sweeps import sweep_keys, sweep_votes
from config.settings import read
from tests.databases import Clones

from .voting import CLOSES, NOW, ballot, drafted, fields, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def apart(app, tmp_path, monkeypatch):
    """Folders of this test alone: what is backed up, and that of the keys beside it."""
    data, keys = tmp_path / "var", tmp_path / "var.ballot-keys"
    data.mkdir()
    monkeypatch.setitem(app.config, "COLLAB_DATA_DIR", data)
    monkeypatch.setitem(app.config, "BALLOT_KEYS_DIR", keys)
    return data, keys


def confidential(cast, api_of):
    return opened(
        api_of("Nikos"), cast.PARKS, level="confidential", electorate={"unit": cast.PARKS, "people": [cast.ROADS]}
    )


def files(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_no_key_lies_in_the_data_folder(cast, api_of, apart):
    data, keys = apart
    confidential(cast, api_of)
    assert (files(data), len(files(keys)), keys.stat().st_mode & 0o777) == ([], 1, 0o700)
    assert read({"COLLAB_DATA_DIR": str(data)}).ballot_keys_dir == keys, "so also where nothing was chosen"


def test_a_key_that_lay_in_the_data_folder_is_brought_over_and_its_vote_closes(app, cast, api_of, at, apart):
    data, keys = apart
    made = confidential(cast, api_of)
    for name in ("Eleni", "Maria", "Petros"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    (key,) = keys.iterdir()
    (data / "ballot_keys").mkdir()
    key.rename(data / "ballot_keys" / key.name)
    with app.app_context():
        sweep_keys()
        assert ([path.name for path in keys.iterdir()], list(data.iterdir())) == ([key.name], [])
        at(CLOSES)
        sweep_votes()
        assert db.session.get_one(Decision, made["id"]).result["winners"] == ["yes"]
        db.session.remove()
    assert files(keys) == []


def test_where_no_key_can_be_kept_no_confidential_vote_opens(app, cast, api_of, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setitem(app.config, "BALLOT_KEYS_DIR", tmp_path / "file")
    made = drafted(
        api_of("Nikos"), cast.PARKS, level="confidential", electorate={"unit": cast.PARKS, "people": [cast.ROADS]}
    )
    refused = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/opening")
    assert (refused.status_code, fields(refused)) == (422, ["level"])


def test_the_doctor_names_keys_in_the_data_folder_and_keys_that_are_missing(cast, api_of, servers, apart):
    data, keys = apart
    made = confidential(cast, api_of)
    given = {"DATABASE_URL": servers.url_of(Clones.current), "COLLAB_DATA_DIR": str(data), "SECRET_KEY": "x" * 40}
    assert "lies apart" in examine.ballot_keys(read(given))
    with pytest.raises(examine.NotWell, match="inside the data folder"):
        examine.ballot_keys(read({**given, "BALLOT_KEYS_DIR": str(data / "keys")}))
    next(keys.iterdir()).unlink()
    with pytest.raises(examine.NotWell, match=made["reference"]):
        examine.ballot_keys(read(given))
