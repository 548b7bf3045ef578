"""AES decryption, for the few workbooks that Excel locks with a password which everybody knows.

Nothing here keeps a secret: it undoes a lock whose key is public. Source: FIPS 197; NIST SP 800-38A.
"""

from __future__ import annotations

import struct
from functools import lru_cache

BLOCK = 16

_Words = tuple[int, ...]


class Aes:
    """The decryption of one key of 16, 24 or 32 bytes.

    Raises:
        ValueError: The key is of another length.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) not in (16, 24, 32):
            raise ValueError(f"a key of {len(key)} bytes")
        self._keys = _inverse_keys(key)

    def ecb(self, data: bytes) -> bytes:
        """Whole blocks, each by itself; what is left over is dropped."""
        return b"".join(self._block(data, at) for at in range(0, len(data) - BLOCK + 1, BLOCK))

    def cbc(self, data: bytes, start: bytes) -> bytes:
        """Whole blocks, each laid over the one before; `start` of 16 bytes stands before the first."""
        plain = self.ecb(data)
        mask = (start + data)[: len(plain)]
        return (int.from_bytes(plain, "big") ^ int.from_bytes(mask, "big")).to_bytes(len(plain), "big")

    def _block(self, data: bytes, at: int) -> bytes:
        box, (t0, t1, t2, t3) = _INVERSE, _TABLES
        keys = self._keys
        a, b, c, d = (
            word ^ key for word, key in zip(struct.unpack_from(">4I", data, at), keys[0], strict=True)
        )
        for k0, k1, k2, k3 in keys[1:-1]:
            a, b, c, d = (
                t0[a >> 24] ^ t1[d >> 16 & 255] ^ t2[c >> 8 & 255] ^ t3[b & 255] ^ k0,
                t0[b >> 24] ^ t1[a >> 16 & 255] ^ t2[d >> 8 & 255] ^ t3[c & 255] ^ k1,
                t0[c >> 24] ^ t1[b >> 16 & 255] ^ t2[a >> 8 & 255] ^ t3[d & 255] ^ k2,
                t0[d >> 24] ^ t1[c >> 16 & 255] ^ t2[b >> 8 & 255] ^ t3[a & 255] ^ k3,
            )
        last = (
            box[w >> 24] << 24 | box[x >> 16 & 255] << 16 | box[y >> 8 & 255] << 8 | box[z & 255]
            for w, x, y, z in ((a, d, c, b), (b, a, d, c), (c, b, a, d), (d, c, b, a))
        )
        return struct.pack(">4I", *(word ^ key for word, key in zip(last, keys[-1], strict=True)))


def _double(value: int) -> int:
    return (value << 1 ^ 0x11B) & 0xFF if value & 0x80 else value << 1


def _times(value: int, factor: int) -> int:
    product = 0
    while factor:
        product ^= value if factor & 1 else 0
        value, factor = _double(value), factor >> 1
    return product


def _boxes() -> tuple[_Words, _Words]:
    """The substitution of bytes and its inverse (FIPS 197, 5.1.1)."""
    forward, backward = [0] * 256, [0] * 256
    value = inverse = 1
    while True:
        value = value ^ _double(value)  # times 3, which runs through every value but zero
        inverse = _times(inverse, 0xF6)  # divided by 3
        turned = inverse * 0x101
        mixed = (turned ^ turned >> 7 ^ turned >> 6 ^ turned >> 5 ^ turned >> 4) & 0xFF ^ 0x63
        forward[value], backward[mixed] = mixed, value
        if value == 1:
            break
    forward[0], backward[0x63] = 0x63, 0
    return tuple(forward), tuple(backward)


_FORWARD, _INVERSE = _boxes()


def _columns() -> tuple[_Words, ...]:
    """The inverse mixing of a substituted byte in each of the four rows."""
    rows = []
    for shift in range(4):
        factors = [(14, 9, 13, 11)[(place - shift) % 4] for place in range(4)]
        rows.append(
            tuple(
                int.from_bytes(bytes(_times(_INVERSE[value], factor) for factor in factors), "big")
                for value in range(256)
            )
        )
    return tuple(rows)


_TABLES = _columns()


@lru_cache(maxsize=4)
def _inverse_keys(key: bytes) -> tuple[_Words, ...]:
    """The keys of the rounds in the order of decryption, mixed for the tables (FIPS 197, 5.2 and 5.3.5)."""
    size = len(key) // 4
    rounds = size + 6
    words = list(struct.unpack(f">{size}I", key))
    constant = 1
    for number in range(size, 4 * (rounds + 1)):
        word = words[-1]
        if number % size == 0:
            word = _substituted((word << 8 | word >> 24) & 0xFFFFFFFF) ^ constant << 24
            constant = _double(constant)
        elif size > 6 and number % size == 4:
            word = _substituted(word)
        words.append(words[number - size] ^ word)
    keys = [tuple(words[at : at + 4]) for at in range(0, len(words), 4)][::-1]
    mixed = [tuple(map(_mixed, each)) for each in keys[1:-1]]
    return (keys[0], *mixed, keys[-1])


def _substituted(word: int) -> int:
    return int.from_bytes(bytes(_FORWARD[byte] for byte in word.to_bytes(4, "big")), "big")


def _mixed(word: int) -> int:
    found = 0
    for table, byte in zip(_TABLES, word.to_bytes(4, "big"), strict=True):
        found ^= table[_FORWARD[byte]]
    return found
