"""What a confidential vote leaves behind on the disk and in copies made before its close: it opens nothing (ADR 40)."""

import hashlib
import json
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from collab.cli.local.postgres import environment, program
from collab.core.db import db
from collab.decisions import envelopes
from collab.decisions.choices import unpacked
from collab.decisions.models import Decision, Roll
from collab.decisions.sweeps import sweep_votes
from tests.databases import Clones

from .test_ballot_keys import apart, confidential, morning  # noqa: F401 two fixtures
from .voting import CLOSES, ballot, opened

SAID = {"Eleni": "no", "Maria": "yes", "Petros": "no", "Babis": "yes"}


def cast_all(api_of, made):
    """Everybody's ballot; name → receipt."""
    return {
        name: api_of(name).put(ballot(made), json={"vote": vote}).get_json()["receipt"] for name, vote in SAID.items()
    }


def row_of(made, *columns):
    return db.session.execute(select(*columns).where(columns[0].class_.item_id == made["id"])).all()


def dumped(servers):
    """The database as a backup holds it."""
    here = make_url(servers.url_of(Clones.current))
    line = [program("pg_dump"), "-U", "collab", "-h", unquote(str(here.query["host"])), str(here.database)]
    done = subprocess.run(line, env=environment(), capture_output=True, check=True)
    return done.stdout


def on_disk(begun):
    """The files of the database with all dead rows that lie in them, and of the journal since `begun`."""
    db.session.execute(text("checkpoint"))
    asked = "select current_setting('data_directory'), oid, pg_walfile_name(pg_current_wal_lsn()) from pg_database"
    folder, oid, last = db.session.execute(text(f"{asked} where datname = current_database()")).one()
    files = list(Path(folder, "base", str(oid)).iterdir())
    files += [each for each in Path(folder, "pg_wal").iterdir() if begun <= each.name <= last]
    return {each: each.read_bytes() for each in files if each.is_file()}


def journal():
    return db.session.scalar(text("select pg_walfile_name(pg_current_wal_lsn())"))


def test_a_receipt_is_the_sha_256_of_the_envelope_and_another_one_after_voting_again(app, cast, api_of, apart):  # noqa: F811
    made = confidential(cast, api_of)
    told = [cast_all(api_of, made), cast_all(api_of, made)]
    assert not set(told[0].values()) & set(told[1].values()), "the same words never look alike"
    with app.app_context():
        lines = row_of(made, Roll.person_id, Roll.envelope, Roll.receipt)
        held = {
            person: (hashlib.sha256(envelope).hexdigest(), receipt.hex())
            for person, envelope, receipt in lines
            if envelope
        }
        db.session.remove()
    assert held == {getattr(cast, name): (receipt, receipt) for name, receipt in told[1].items()}


def test_a_long_ballot_and_a_short_one_have_envelopes_of_one_length(app, cast, api_of, apart):  # noqa: F811
    options = [{"title": f"Way {number}"} for number in range(12)]
    everybody = {"unit": cast.PARKS, "people": [cast.ROADS]}
    said = {"preset": "rank", "options": options, "level": "confidential", "electorate": everybody}
    made = opened(api_of("Nikos"), cast.PARKS, **said)
    ids = [one["id"] for one in made["options"]]
    for name, many in (("Eleni", 1), ("Maria", 7), ("Babis", 12)):
        ranks = [{"option": id_, "rank": rank} for rank, id_ in enumerate(ids[:many], 1)]
        assert api_of(name).put(ballot(made), json={"ranks": ranks}).status_code == 200
    assert api_of("Petros").put(ballot(made), json={"abstain": True}).status_code == 200
    with app.app_context():
        lengths = [len(one.envelope) for one in row_of(made, Roll.envelope) if one.envelope]
        db.session.remove()
    assert (len(lengths), len(set(lengths))) == (4, 1)


def test_no_fact_of_a_voter_is_of_the_transaction_of_a_choice(app, cast, api_of, at, apart):  # noqa: F811
    made = confidential(cast, api_of)
    cast_all(api_of, made)
    at(CLOSES)
    with app.app_context():
        sweep_votes()
        written = set(db.session.scalars(text("select xmin::text from decision_ballot")))
        short = "(xid::text::numeric % 4294967296)::text as xid"  # as a row knows it
        facts = db.session.execute(text(f"select kind, actor_id, payload::text as said, {short} from facts")).all()
        people = set(db.session.scalars(text("select id from person")))
        for table in ("decision_receipt", "decision_roll"):
            assert (
                set(db.session.scalars(text(f"select xmin::text from {table} where item_id = {made['id']}"))) == written
            )
        db.session.remove()
    assert len(written) == 1
    beside = [fact for fact in facts if fact.xid in written]
    assert [fact.kind for fact in beside] == ["vote-closed"]
    assert not [fact for fact in beside if fact.actor_id in people]
    ballots = [json.loads(fact.said) for fact in facts if fact.kind == "ballot-cast"]
    assert [set(said) for said in ballots] == [{"principal"}] * len(SAID), "that somebody voted, and for whom: no more"


def test_dead_rows_and_a_dump_of_before_the_close_open_nothing_without_the_key_file(
    app, cast, api_of, at, servers, apart  # noqa: F811
):  # fmt: skip
    data, keys = apart
    with app.app_context():
        begun = journal()
    made = confidential(cast, api_of)
    cast_all(api_of, made)
    dump = dumped(servers)
    with app.app_context():
        pair = envelopes.Keys(*row_of(made, Decision.public_key, Decision.sealed_key)[0])
        taken = {person: envelope for person, envelope in row_of(made, Roll.person_id, Roll.envelope) if envelope}
        db.session.remove()
    (file,) = keys.iterdir()
    key = file.read_bytes()
    # The dump has the envelopes by name and the sealed private half: with the key file it opens, so that this looks at
    # the very thing that must not be in it.
    assert all(envelope.hex().encode() in dump for envelope in [*taken.values(), pair.sealed])
    with app.app_context():
        opened = envelopes.open_all(envelopes.places(), made["id"], pair, list(taken.values()))
    private = ChaCha20Poly1305(key).decrypt(pair.sealed[:12], pair.sealed[12:], pair.public)
    votes = {person: unpacked(words) for person, words in zip(taken, opened, strict=True)}
    assert votes == {getattr(cast, name): {"vote": vote} for name, vote in SAID.items()}

    at(CLOSES)
    with app.app_context():
        sweep_votes()
        lying = on_disk(begun)
        with pytest.raises(FileNotFoundError):
            envelopes.open_all(envelopes.places(), made["id"], pair, list(taken.values()))
        db.session.remove()
    whole = b"".join(lying.values())
    assert all(envelope in whole for envelope in taken.values()), "dead rows are there to be looked at"
    kept = {
        "dump": dump,
        "disk": whole,
        "data": b"".join(each.read_bytes() for each in data.rglob("*") if each.is_file()),
    }
    for secret in (key, private):
        for spelt in (secret, secret.hex().encode()):
            assert [name for name, held in kept.items() if spelt in held] == []
    assert list(keys.iterdir()) == []
    # Nor does anything of 32 octets that the dump holds as a value.
    candidates = {bytes.fromhex(one) for one in _hex_of(dump) if len(one) == 64}
    assert pair.public in candidates
    for candidate in candidates:
        with pytest.raises(InvalidTag):
            ChaCha20Poly1305(candidate).decrypt(pair.sealed[:12], pair.sealed[12:], pair.public)
    # Nowhere a choice stands in clear beside a person, and each choice was written once, in the order of its random id.
    with app.app_context():
        roll, choices = (
            db.session.scalar(text(f"select pg_relation_filepath('{table}')"))
            for table in ("decision_roll", "decision_ballot")
        )
        db.session.remove()
    held = {path.name: octets for path, octets in lying.items()}
    assert (held[Path(roll).name].count(b"vote"), held[Path(choices).name].count(b"vote")) == (0, len(SAID))


def _hex_of(dump):
    """Every value of bytes in a dump, as it is spelt."""
    return {word[3:] for word in dump.decode().split() if word.startswith("\\\\x")}
