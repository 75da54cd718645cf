"""Settings: read from the environment, every mistake a sentence."""

import stat
from pathlib import Path

import pytest

from config import settings
from config.places import LONGEST_SOCKET_FOLDER, socket_folder
from config.settings import BadSettings

SECRET = "0123456789abcdef0123456789abcdef"


def problems(**given: str) -> list[str]:
    """The sentences about these variables."""
    with pytest.raises(BadSettings) as caught:
        settings.read(given)
    return caught.value.problems


def test_nothing_given_means_one_machine_with_everything_embedded(tmp_path: Path) -> None:
    read = settings.read({"COLLAB_DATA_DIR": str(tmp_path), "PORT": ""})
    assert (read.port, read.host, read.url) == (8000, "127.0.0.1", "http://localhost:8000")
    assert read.database_embedded
    assert read.redis_embedded
    assert str(tmp_path) in read.database_url
    assert read.environment == "development"
    assert read.mail_server is None
    assert read.mail_from == "Collab <collab@localhost>"


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = settings.read({"COLLAB_DATA_DIR": str(tmp_path / "new")})
    again = settings.read({"COLLAB_DATA_DIR": str(tmp_path / "new")})
    assert first.secret_key == again.secret_key
    assert len(first.secret_key) >= 32
    kept = tmp_path / "new" / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_production_with_a_database_of_its_own_needs_a_secret_key() -> None:
    found = problems(COLLAB_ENV="production", DATABASE_URL="postgresql://db/collab")
    assert found == ["SECRET_KEY has to be given in production with a database of your own, the same on every machine."]


def test_production_on_one_machine_keeps_its_own_secret_key(tmp_path: Path) -> None:
    assert settings.read({"COLLAB_ENV": "production", "COLLAB_DATA_DIR": str(tmp_path)}).secret_key


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("PORT", "http", "PORT has to be a whole number from 1 to 65535."),
        ("PORT", "0", "PORT has to be a whole number from 1 to 65535."),
        ("PORT", "70000", "PORT has to be a whole number from 1 to 65535."),
        ("WEB_PROCESSES", "0", "WEB_PROCESSES has to be a whole number from 1 to 64."),
        (
            "HOST",
            "a b",
            "HOST has to be a name or an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.",
        ),
        ("COLLAB_ENV", "prod", "COLLAB_ENV has to be development, production or test."),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 32 characters;"),
        ("DATABASE_URL", "mysql://db/collab", "DATABASE_URL has to begin with postgresql://"),
        ("DATABASE_URL", "postgresql://db", "DATABASE_URL names no database"),
        ("DATABASE_URL", "postgresql://db:port/collab", "DATABASE_URL is not an address that can be read"),
        ("REDIS_URL", "http://cache", "REDIS_URL has to begin with redis:// or rediss:// or unix://."),
        ("REDIS_URL", "redis://", "REDIS_URL names no host"),
        ("REDIS_URL", "unix://", "REDIS_URL names no socket"),
        ("COLLAB_URL", "collab.example.org", "COLLAB_URL has to begin with http:// or https://."),
        ("COLLAB_URL", "https://example.org/collab", "COLLAB_URL may only hold scheme, host and port"),
        ("SMTP_URL", "smtp://", "SMTP_URL names no host"),
        ("SMTP_URL", "smtp://mail?tls=maybe", "SMTP_URL may end in ?tls=starttls"),
        ("MAIL_FROM", "Collab", "MAIL_FROM has to be an address"),
        ("COLLAB_DATA_DIR", __file__, "COLLAB_DATA_DIR is"),
    ],
)
def test_a_mistake_is_a_sentence(name: str, text: str, sentence: str) -> None:
    (found,) = problems(**{name: text})
    assert found.startswith(sentence)


def test_a_wrong_secret_is_not_repeated() -> None:
    assert "h7dd3n" not in "".join(problems(SECRET_KEY="h7dd3n", DATABASE_URL="mysql://u:h7dd3n@db/c"))


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems(PORT="x", COLLAB_ENV="y", REDIS_URL="z")) == 3


def test_a_data_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (found,) = problems(COLLAB_DATA_DIR=str(tmp_path / "file" / "below"))
    assert "where nothing can be kept" in found


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_usual_name_of_postgresql_is_understood(scheme: str, tmp_path: Path) -> None:
    read = settings.read({"DATABASE_URL": f"{scheme}://u:p@db:5433/c", "COLLAB_DATA_DIR": str(tmp_path)})
    assert read.database_url == "postgresql+psycopg://u:p@db:5433/c"
    assert not read.database_embedded


def test_no_password_is_ever_shown() -> None:
    read = settings.read(
        {
            "DATABASE_URL": "postgresql://u:hidden-1@db/c",
            "REDIS_URL": "redis://:hidden-2@cache/0",
            "SMTP_URL": "smtp://u:hidden-3@mail",
            "SECRET_KEY": "hidden-4" + SECRET,
        }
    )
    assert "hidden" not in repr(read) + repr(read.mail_server)
    assert read.mail_server is not None
    assert (read.mail_server.port, read.mail_server.tls, read.mail_server.password) == (
        587,
        "starttls",
        "hidden-3",
    )


@pytest.mark.parametrize(
    ("url", "hosts", "origins"),
    [
        ("https://Collab.example.org", ("collab.example.org",), ("https://collab.example.org",)),
        ("https://collab.example.org:443", ("collab.example.org",), ("https://collab.example.org",)),
        ("http://collab.example.org:8080", ("collab.example.org",), ("http://collab.example.org:8080",)),
        ("https://δήμος.gr", ("xn--jxalzmu.gr",), ("https://xn--jxalzmu.gr",)),
        ("http://[2001:DB8::1]:8000", ("[2001:db8::1]",), ("http://[2001:db8::1]:8000",)),
        (
            "http://127.0.0.1:8010",
            ("localhost", "127.0.0.1", "[::1]"),
            ("http://localhost:8010", "http://127.0.0.1:8010", "http://[::1]:8010"),
        ),
    ],
)
def test_hosts_and_origins_follow_from_the_address(url: str, hosts: tuple[str, ...], origins: tuple[str, ...]) -> None:
    read = settings.read({"COLLAB_URL": url, "SECRET_KEY": SECRET})
    assert read.trusted_hosts == hosts
    assert read.origins == origins


def test_plain_http_is_refused_in_production_except_on_this_machine(tmp_path: Path) -> None:
    (found,) = problems(COLLAB_ENV="production", COLLAB_URL="http://collab.example.org")
    assert found.startswith("COLLAB_URL has to begin with https://")
    here = {"COLLAB_URL": "http://localhost:8000", "COLLAB_DATA_DIR": str(tmp_path)}
    assert settings.read({**here, "COLLAB_ENV": "production"}).url == "http://localhost:8000"


def test_the_socket_folder_is_short_wherever_the_data_is(tmp_path: Path) -> None:
    assert socket_folder(Path("/srv/collab")) == Path("/srv/collab/run")
    deep = tmp_path / ("deep" * 30)
    assert len(str(socket_folder(deep))) <= LONGEST_SOCKET_FOLDER
    assert socket_folder(deep) != socket_folder(deep / "other")


def test_every_setting_stands_in_the_documented_table() -> None:
    table = settings.markdown()
    assert all(f"| `{setting.name}` | " in table for setting in settings.TABLE)
    assert table.count("\n") == len(settings.TABLE) + 2


def test_only_as_many_proxies_are_believed_as_there_are(tmp_path: Path) -> None:
    here = {"COLLAB_DATA_DIR": str(tmp_path)}
    assert settings.read(here).proxies == 0
    assert settings.read({**here, "PROXIES": "2"}).proxies == 2
    for wrong in ("-1", "6", "many", "１"):
        with pytest.raises(BadSettings, match="PROXIES"):
            settings.read({**here, "PROXIES": wrong})
