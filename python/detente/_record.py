"""What all records have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator


class Record:
    """A value of a contract: read-only fields with names and types."""

    __slots__ = ()
    # Per field: its name in the contract, the attribute, and what it is where the contract leaves it out.
    _spec: ClassVar[tuple[tuple[str, str, Any], ...]] = ()

    @classmethod
    def _of(cls, given: dict[str, Any]) -> Record:
        """A record of the fields of a contract."""
        new = object.__new__(cls)
        for name, attribute, _ in cls._spec:
            if name in given:
                object.__setattr__(new, attribute, given[name])
        return new

    def __getattr__(self, name: str) -> Any:
        # A field that the contract leaves out.
        for _, attribute, absent in self._spec:
            if attribute == name:
                return absent
        raise AttributeError(f"{type(self).__name__} has no field {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is read-only")

    def _fields(self) -> Iterator[tuple[str, Any]]:
        return ((attribute, getattr(self, attribute)) for _, attribute, _ in self._spec)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and list(self._fields()) == list(other._fields())

    def __hash__(self) -> int:
        return hash((type(self).__name__, repr(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._fields())})"

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(attribute for _, attribute, _ in self._spec)]

    def _given(self) -> dict[str, Any]:
        """The fields that the contract has, by their names there."""
        given = {}
        for name, attribute, _ in self._spec:
            try:
                given[name] = object.__getattribute__(self, attribute)
            except AttributeError:
                continue
        return given

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self)._of, (self._given(),))

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data: dictionaries, lists, texts, numbers; keys as in the contract."""
        return {name: _plain(value) for name, value in self._given().items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value
