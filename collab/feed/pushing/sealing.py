"""Sealing a pop-up for one browser (RFC 8291) and signing who sends it (RFC 8292). Pure but for chance.

The service that carries it, which belongs to the browser's maker, learns neither what it says nor how long it is.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE: Final = ec.SECP256R1()
ORDER: Final = int("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
RECORD: Final = 4096
POINT: Final = 65
STEP: Final = 512
"""Messages are filled up to a multiple of this many bytes."""
GOOD_FOR: Final = timedelta(hours=12)


def encoded(raw: bytes) -> str:
    """Base64 as addresses and headers hold it."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Its reverse. Raises ValueError for what is none."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> bytes:
    """The public key as 65 bytes."""
    public = key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key(raw: bytes) -> ec.EllipticCurvePublicKey:
    """The browser's key. Raises ValueError where it is no point of the curve, written out in its 65 bytes."""
    if len(raw) != POINT:
        raise ValueError("not written out")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)


def sealed(
    message: bytes, receiver: bytes, secret: bytes, *, salt: bytes | None = None,
    sender: ec.EllipticCurvePrivateKey | None = None, step: int = STEP,
) -> bytes:  # fmt: skip
    """The body of a push message: one record of `aes128gcm`, filled up so that its length says little.

    `receiver` is the browser's public key, `secret` its authentication secret. Salt and sender are new each time; they
    are given only to compare with the example of the RFC.
    """
    salt, sender = salt or os.urandom(16), sender or ec.generate_private_key(CURVE)
    shared = sender.exchange(ec.ECDH(), public_key(receiver))
    known = _derived(secret, shared, b"WebPush: info\0" + receiver + point(sender), 32)
    key = _derived(salt, known, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, known, b"Content-Encoding: nonce\0", 12)
    filled = message + b"\x02" + bytes(-(len(message) + 1) % step)
    head = salt + RECORD.to_bytes(4, "big") + bytes([POINT]) + point(sender)
    return head + AESGCM(key).encrypt(nonce, filled, None)


def _derived(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)


def own_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """The key by which services know this house: made from its secret, so the same on every machine."""
    wide = _derived(b"", secret.encode(), b"collab web push", 48)
    return ec.derive_private_key(int.from_bytes(wide, "big") % (ORDER - 1) + 1, CURVE)


def authorization(key: ec.EllipticCurvePrivateKey, endpoint: str, contact: str, now: datetime) -> str:
    """The header by which the service at `endpoint` sees who sends; `contact` is whom it may ask (RFC 8292)."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + GOOD_FOR).timestamp()), "sub": contact,
    }  # fmt: skip
    said = ".".join(encoded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(SHA256())))
    return f"vapid t={said}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}, k={encoded(point(key))}"
