"""Office files encrypted as Excel does it ([MS-OFFCRYPTO] agile and standard), small and slow, for tests."""

from __future__ import annotations

import base64
import hashlib
import struct
from functools import lru_cache

from tests.support.compound import compound

_SPIN = 1000
_BLOCKS = {
    name: bytes.fromhex(code)
    for name, code in zip(
        ("HashInput", "HashValue", "KeyValue"),
        ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6"),
        strict=True,
    )
}


def agile(package: bytes, password: str, *, algorithm: str = "SHA512") -> bytes:
    """A compound file that holds a package under a password, as Excel 2010 and later write it."""
    made = lambda data: hashlib.new(algorithm.lower(), data).digest()  # noqa: E731
    salt, start, secret = bytes(range(16)), bytes(range(16, 32)), bytes(range(32, 64))
    key = made(salt + password.encode("utf-16-le"))
    for number in range(_SPIN):
        key = made(struct.pack("<I", number) + key)
    verifier = bytes(range(100, 116))
    plain = {"HashInput": verifier, "HashValue": made(verifier), "KeyValue": secret}
    kept = {name: _cbc(made(key + _BLOCKS[name])[:32], salt, value) for name, value in plain.items()}
    body = struct.pack("<Q", len(package)) + b"".join(
        _cbc(secret, made(start + struct.pack("<I", number))[:16], package[at : at + 4096])
        for number, at in enumerate(range(0, len(package), 4096))
    )
    common = f'keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="{algorithm}"'
    info = (
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"'
        ' xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<keyData saltSize="16" blockSize="16" {common} saltValue="{_text(start)}"/><keyEncryptors><keyEncryptor>'
        f'<p:encryptedKey spinCount="{_SPIN}" saltSize="16" blockSize="16" {common} saltValue="{_text(salt)}"'
        + "".join(
            f' encrypted{"Verifier" * (name != "KeyValue")}{name}="{_text(value)}"'
            for name, value in kept.items()
        )
        + "/></keyEncryptor></keyEncryptors></encryption>"
    )
    head = struct.pack("<HHI", 4, 4, 0x40)
    return compound({"EncryptionInfo": head + info.encode(), "EncryptedPackage": body})


def standard(package: bytes, password: str) -> bytes:
    """The same as Excel 2007 writes it."""
    made = lambda data: hashlib.sha1(data).digest()  # noqa: E731
    salt, verifier = bytes(range(16)), bytes(range(100, 116))
    key = made(salt + password.encode("utf-16-le"))
    for number in range(50_000):
        key = made(struct.pack("<I", number) + key)
    key = made(made(key + bytes(4)).ljust(64, b"\0").translate(bytes(byte ^ 0x36 for byte in range(256))))[
        :16
    ]
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
    kept = (
        struct.pack("<I", 16) + salt + _ecb(key, verifier) + struct.pack("<I", 20) + _ecb(key, made(verifier))
    )
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header + kept
    return compound(
        {"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", len(package)) + _ecb(key, package)}
    )


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _ecb(key: bytes, data: bytes) -> bytes:
    data = data + bytes(-len(data) % 16)
    return b"".join(_encrypted(key, data[at : at + 16]) for at in range(0, len(data), 16))


def _cbc(key: bytes, before: bytes, data: bytes) -> bytes:
    data = data + bytes(-len(data) % 16)
    blocks = []
    for at in range(0, len(data), 16):
        before = _encrypted(key, bytes(a ^ b for a, b in zip(data[at : at + 16], before, strict=True)))
        blocks.append(before)
    return b"".join(blocks)


def _double(value: int) -> int:
    return (value << 1 ^ 0x11B) & 0xFF if value & 0x80 else value << 1


def _product(a: int, b: int) -> int:
    found = 0
    while b:
        found ^= a if b & 1 else 0
        a, b = _double(a), b >> 1
    return found


@lru_cache
def _box() -> bytes:
    inverse = {a: b for a in range(256) for b in range(256) if _product(a, b) == 1}
    return bytes(inverse.get(value, 0) ^ _turned(inverse.get(value, 0)) ^ 0x63 for value in range(256))


def _turned(x: int) -> int:
    found = 0
    for n in range(1, 5):
        found ^= (x << n | x >> (8 - n)) & 0xFF
    return found


@lru_cache
def _round_keys(key: bytes) -> list[bytes]:
    words = [key[at : at + 4] for at in range(0, len(key), 4)]
    size, constant = len(words), 1
    for number in range(size, 4 * (size + 7)):
        word = words[-1]
        if number % size == 0:
            word = bytes(_box()[byte] for byte in word[1:] + word[:1])
            word = bytes((word[0] ^ constant, *word[1:]))
            constant = _double(constant)
        elif size > 6 and number % size == 4:
            word = bytes(_box()[byte] for byte in word)
        words.append(bytes(a ^ b for a, b in zip(words[number - size], word, strict=True)))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


def _encrypted(key: bytes, block: bytes) -> bytes:
    first, *keys = _round_keys(key)
    state = [a ^ b for a, b in zip(block, first, strict=True)]
    for number, each in enumerate(keys, 1):
        state = [_box()[state[(4 * (place // 4 + place % 4) + place % 4) % 16]] for place in range(16)]
        if number < len(keys):
            mixed = []
            for at in range(0, 16, 4):
                a, b, c, d = state[at : at + 4]
                mixed += [
                    _double(w) ^ _double(x) ^ x ^ y ^ z
                    for w, x, y, z in ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
                ]
            state = mixed
        state = [a ^ b for a, b in zip(state, each, strict=True)]
    return bytes(state)
