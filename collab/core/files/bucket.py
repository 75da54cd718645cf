"""Contents in a bucket of an S3 server, under the same hashes. What arrives is written down whole on this machine,
looked at, and only then sent; what is read comes in pieces.

Needs the extra `s3` (`make s3`). Key and secret come from AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY, or from the role of the machine.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ..errors import Busy
from .store import CHUNK, SHA256, Pieces, Store

if TYPE_CHECKING:
    from minio import Minio

CONNECT, READ = 3.0, 10.0
"""Seconds after which a server that says nothing is given up."""
MISSING: Final = frozenset({"NoSuchKey", "NoSuchObject"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where contents stand: a bucket, what their names begin with, and the server (without one that of AWS)."""

    bucket: str
    prefix: str = ""
    endpoint: str = "s3.amazonaws.com"
    secure: bool = True
    region: str | None = None


class Bucket(Store):
    """A store whose contents lie in a bucket; `root` holds what is only on its way."""

    def __init__(self, root: Path, place: Place) -> None:
        super().__init__(root)
        self._place = place
        self._reading = _client(place)

    def has(self, sha256: str) -> bool:
        return self._size(sha256) is not None

    def opened(self, sha256: str) -> BinaryIO:
        """The content, fetched into a file that goes when it is closed."""
        file = tempfile.TemporaryFile(dir=self._arriving())  # noqa: SIM115 (whoever asked closes it)
        for piece in self.chunks(sha256):
            file.write(piece)
        file.seek(0)
        return file

    @contextmanager
    def at_hand(self, sha256: str) -> Iterator[Path]:
        with tempfile.NamedTemporaryFile(dir=self._arriving()) as file:
            for piece in self.chunks(sha256):
                file.write(piece)
            file.flush()
            yield Path(file.name)

    def chunks(self, sha256: str, start: int = 0, end: int | None = None) -> Pieces:
        size = self._size(sha256)
        if size is None:
            raise FileNotFoundError(sha256)
        return Fetched(self._reading, self._place.bucket, self._key(sha256), start, size if end is None else end)

    def remove(self, sha256: str) -> None:
        with _answering():
            self._reading.remove_object(self._place.bucket, self._key(sha256))

    def contents(self, before: float) -> Iterator[str]:
        with _answering():
            for found in self._reading.list_objects(self._place.bucket, self._place.prefix, recursive=True):
                name = str(found.object_name).rpartition("/")[2]
                if SHA256.fullmatch(name) and found.last_modified and found.last_modified.timestamp() < before:
                    yield name

    def _settle(self, written: Path, sha256: str) -> None:
        # Beside the event loop this is another thread, and sockets of gevent belong to the thread that opened them.
        with _answering():
            _client(self._place).fput_object(self._place.bucket, self._key(sha256), str(written))
        written.unlink()

    def _size(self, sha256: str) -> int | None:
        from minio.error import S3Error

        with _answering():
            try:
                return self._reading.stat_object(self._place.bucket, self._key(sha256)).size
            except S3Error as error:
                if error.code in MISSING:
                    return None
                raise

    def _key(self, sha256: str) -> str:
        return f"{self._place.prefix}{self.path(sha256).relative_to(self.root).as_posix()}"

    def _arriving(self) -> Path:
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._incoming


class Fetched(Pieces):
    """The bytes of a content from `start` up to `end`, asked for with the first piece and let go with the last."""

    def __init__(self, client: "Minio", bucket: str, key: str, start: int, end: int) -> None:
        self._client, self._bucket, self._key = client, bucket, key
        self._start, self._left = start, max(0, end - start)
        self._answer: Any = None

    def __next__(self) -> bytes:
        if not self._left:
            self.close()
            raise StopIteration
        with _answering():
            if self._answer is None:
                self._answer = self._client.get_object(self._bucket, self._key, self._start, self._left)
            piece: bytes = self._answer.read(min(CHUNK, self._left))
        if not piece:
            self.close()
            raise Busy  # cut short: whoever reads must not take a part for the whole
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._left = 0
        if self._answer is not None:
            self._answer.close()
            self._answer.release_conn()
            self._answer = None


def _client(place: Place) -> "Minio":
    import urllib3
    from minio import Minio
    from minio.credentials.providers import AWSConfigProvider, ChainedProvider, EnvAWSProvider, IamAwsProvider

    pool = urllib3.PoolManager(
        maxsize=20,
        timeout=urllib3.Timeout(connect=CONNECT, read=READ),
        retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)),
    )
    who = ChainedProvider([EnvAWSProvider(), AWSConfigProvider(), IamAwsProvider()])
    return Minio(place.endpoint, secure=place.secure, region=place.region, http_client=pool, credentials=who)


@contextmanager
def _answering() -> Iterator[None]:
    """A server that does not answer, or refuses, is no fault of whoever asked. Raises Busy."""
    from minio.error import MinioException
    from urllib3.exceptions import HTTPError

    try:
        yield
    except (MinioException, HTTPError) as error:
        raise Busy from error
