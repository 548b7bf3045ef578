"""Frozen values made by the hundred thousand.

A frozen dataclass sets each of its attributes through a call of its own. A class of the same slots that is not
frozen is filled several times as fast, and its instance may then become one of the frozen class.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, TypeVar

_T = TypeVar("_T")


def maker(kind: type[_T]) -> Callable[..., _T]:
    """What makes instances of a frozen dataclass with slots; its fields are given in order or by name.

    Args:
        kind: What of it has a default has a value for it, no factory.
    Source:
        The Python data model on `__slots__`: the class of an instance may be changed for one of the same slots.
    """
    frozen: Any = kind

    def freeze(self: Any) -> None:
        self.__class__ = frozen

    same = [
        (one.name, one.type) if one.default is MISSING else (one.name, one.type, field(default=one.default))
        for one in fields(frozen)
    ]
    made: Any = make_dataclass(kind.__name__, same, namespace={"__post_init__": freeze}, slots=True)
    return made  # type: ignore[no-any-return]
