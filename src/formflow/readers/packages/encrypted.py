"""Office files that are encrypted with the password Excel uses by itself, and never asks for.

A workbook whose structure is protected, or that is recommended for reading only, is stored encrypted; Excel opens it
without a word. What has a password of somebody's own stays closed.

Source: [MS-OFFCRYPTO] 2.3.4, ECMA-376 document encryption (standard and agile); the password is in 2.4.1.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Callable

from formflow.errors import ReadError
from formflow.readers.packages.aes import BLOCK, Aes
from formflow.readers.packages.ole import stream
from formflow.readers.packages.ooxml import Element, parse_xml

_PASSWORD = "VelvetSweatshop".encode("utf-16-le")
_PACKAGE, _INFO = "EncryptedPackage", "EncryptionInfo"
_KEYS = "{http://schemas.microsoft.com/office/2006/encryption}"
_BY_PASSWORD = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}encryptedKey"  # noqa: S105
_HASHES = frozenset(("sha1", "sha256", "sha384", "sha512"))
_INPUT, _VALUE, _KEY = (
    bytes.fromhex(code) for code in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6")
)
_ZIP = b"PK\x03\x04"
_SEGMENT = 4096
_MAX_SPIN = 1_000_000
_STANDARD_SPIN = 50_000
_AES = frozenset((0x660E, 0x660F, 0x6610))


def unlocked(data: bytes) -> bytes:
    """The file inside an encrypted one.

    Raises:
        ReadError: `encrypted` where the password is another, or the kind of encryption is none of these; `corrupt`
            where it is this one and yet no package comes out.
    """
    info, package = stream(data, _INFO), stream(data, _PACKAGE)
    opened = _agile(info, package) if info[:4] == b"\x04\x00\x04\x00" else _standard(info, package)
    if opened is None:
        raise ReadError("encrypted", "an OLE file with an EncryptedPackage")
    opened = opened[: struct.unpack_from("<Q", package)[0]]
    if not opened.startswith(_ZIP):
        raise ReadError(
            "corrupt", "read-only recommended, encrypted with Excel's own password; damaged inside"
        )
    return opened


def _agile(info: bytes, package: bytes) -> bytes | None:
    root = parse_xml(info[8:], _INFO)
    data, lock = root.find(_KEYS + "keyData"), next(root.iter(_BY_PASSWORD), None)
    if (
        data is None
        or lock is None
        or any(each.get("cipherChaining") != "ChainingModeCBC" for each in (data, lock))
    ):
        return None
    made, spin = _hash(lock), int(lock.get("spinCount", "0"))
    if any(each.get("cipherAlgorithm") != "AES" for each in (data, lock)) or spin > _MAX_SPIN:
        return None
    salt = _bytes(lock, "saltValue")
    key = _spun(made, salt, spin)

    def opened(name: str, purpose: bytes) -> bytes:
        of_purpose = _fitted(made(key + purpose), int(lock.get("keyBits", "0")) // 8)
        return Aes(of_purpose).cbc(_bytes(lock, name), _fitted(salt, BLOCK))

    size = int(lock.get("saltSize", "0"))
    verifier = made(opened("encryptedVerifierHashInput", _INPUT)[:size])
    if verifier != opened("encryptedVerifierHashValue", _VALUE)[: len(verifier)]:
        return None
    cipher = Aes(opened("encryptedKeyValue", _KEY)[: int(data.get("keyBits", "0")) // 8])
    mixed, start = _hash(data), _bytes(data, "saltValue")
    body = package[8:]
    return b"".join(
        cipher.cbc(body[at : at + _SEGMENT], _fitted(mixed(start + struct.pack("<I", at // _SEGMENT)), BLOCK))
        for at in range(0, len(body), _SEGMENT)
    )


def _standard(info: bytes, package: bytes) -> bytes | None:
    if len(info) < 12 or struct.unpack_from("<H", info, 2)[0] != 2:
        return None
    (size,) = struct.unpack_from("<I", info, 8)
    header, verifier = info[12 : 12 + size], info[12 + size :]
    if len(header) < 20 or len(verifier) < 72:
        return None
    algorithm, bits = struct.unpack_from("<I", header, 8)[0], struct.unpack_from("<I", header, 16)[0]
    if algorithm not in _AES:
        return None
    made = _named("sha1")
    last = made(_spun(made, verifier[4:20], _STANDARD_SPIN) + bytes(4))
    halves = (
        made(bytes(byte ^ pad for byte, pad in zip(last.ljust(64, b"\0"), [mask] * 64, strict=True)))
        for mask in (0x36, 0x5C)
    )
    cipher = Aes(b"".join(halves)[: bits // 8])
    if made(cipher.ecb(verifier[20:36])) != cipher.ecb(verifier[40:72])[:20]:
        return None
    return cipher.ecb(package[8:])


_Hash = Callable[[bytes], bytes]


def _hash(element: Element) -> _Hash:
    return _named(element.get("hashAlgorithm", "").lower().replace("-", ""))


def _named(name: str) -> _Hash:
    if name not in _HASHES:
        raise ReadError("encrypted", f"hash {name}")
    return lambda data: hashlib.new(name, data, usedforsecurity=False).digest()


def _spun(made: _Hash, salt: bytes, times: int) -> bytes:
    key = made(salt + _PASSWORD)
    for number in range(times):
        key = made(number.to_bytes(4, "little") + key)
    return key


def _bytes(element: Element, name: str) -> bytes:
    return base64.b64decode(element.get(name, ""))


def _fitted(value: bytes, size: int) -> bytes:
    return value[:size].ljust(size, b"\x36")
