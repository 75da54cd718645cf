"""A browser that hears pop-ups, and the service that hands them to it."""

import json

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import func, select

from collab.core.db import db
from collab.feed.pushing.sealing import CURVE, encoded, own_key, point

SUBSCRIPTIONS = "/api/v1/me/push-subscriptions"
PREFERENCES = "/api/v1/me/notification-preferences"
SHORT = encoded(own_key("any").public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


class Browser:
    """What a browser does: it has keys of its own and opens what was sealed for it."""

    def __init__(self, name: str = "eleni") -> None:
        self.key, self.auth = ec.generate_private_key(CURVE), bytes(range(16))
        self.endpoint = f"https://push.example.net/send/{name}"

    @property
    def says(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": encoded(point(self.key)), "auth": encoded(self.auth)}

    def opens(self, body: bytes) -> dict[str, str]:
        salt, sender, closed = body[:16], body[21:86], body[86:]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        info = b"WebPush: info\0" + point(self.key) + sender
        known = _hkdf(self.auth, shared, info, 32)
        key, nonce = (_hkdf(salt, known, f"Content-Encoding: {what}\0".encode(), size)
                      for what, size in (("aes128gcm", 16), ("nonce", 12)))  # fmt: skip
        return json.loads(AESGCM(key).decrypt(nonce, closed, None).rstrip(b"\0")[:-1])


def _hkdf(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)


class Service:
    """The push service: keeps what is handed in and answers as it is told."""

    def __init__(self) -> None:
        self.handed: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int | OSError] = []
        self.asked = 0

    def __call__(self, endpoint: str, headers: dict[str, str], body: bytes) -> int:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else 201
        if isinstance(answer, OSError):
            raise answer
        self.handed.append((endpoint, headers, body))
        return answer


def kept(app, what) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(what)) or 0
