"""Mappings that nobody changes after the door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class FrozenMapping(dict[KeyT, ValueT]):
    """A dictionary that refuses every change.

    The standard library's read-only view cannot be pickled, and a mapping written in Python is
    slow where the judging looks up thousands of cells; this is neither.
    """

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the catalog never changes after it is loaded")

    __setitem__ = _refuse
    __delitem__ = _refuse
    __ior__ = _refuse
    clear = _refuse
    pop = _refuse
    popitem = _refuse
    setdefault = _refuse
    update = _refuse

    def __reduce__(self) -> tuple[type[FrozenMapping[KeyT, ValueT]], tuple[dict[KeyT, ValueT]]]:
        return (type(self), (dict(self),))


def frozen(content: Any) -> Any:
    """The same content with lists as tuples and dictionaries that cannot be changed."""
    if isinstance(content, Mapping):
        return FrozenMapping({key: frozen(value) for key, value in content.items()})
    if isinstance(content, list | tuple):
        return tuple(frozen(item) for item in content)
    return content
