"""A `Fault` from the JSON of a control call, each field checked."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from .changes import BadInputError
from .faults import Fault, FaultKind

if TYPE_CHECKING:
    from .exchange import Headers

_TYPES: dict[str, tuple[type, ...]] = {
    "method": (str,),
    "path": (str,),
    "nth": (int, type(None)),
    "times": (int, type(None)),
    "status": (int, type(None)),
    "body": (str,),
    "content_type": (str,),
    "retry_after": (int,),
    "reset": (bool,),
    "drip_seconds": (int, float),
}


def fault_from(body: dict[str, object]) -> Fault:
    """The fault that `body` describes by a Fault's field names. Raises BadInputError.

    `kind` is a FaultKind's value and required; `headers` is an object of strings.
    """
    known = [each.name for each in fields(Fault)]
    for name in body:
        if name not in known:
            raise BadInputError(f"unknown field {name!r} of a fault; known: {', '.join(known)}")
    values: dict[str, object] = {
        name: _checked(name, body[name], types) for name, types in _TYPES.items() if name in body
    }
    kind, headers = _kind(body.get("kind")), _headers(body.get("headers", {}))
    try:
        return Fault(kind=kind, headers=headers, **values)  # type: ignore[arg-type]
    except ValueError as fault:
        raise BadInputError(str(fault)) from fault


def _checked(name: str, value: object, types: tuple[type, ...]) -> object:
    fits = isinstance(value, types) and (not isinstance(value, bool) or bool in types)
    if not fits:
        words = ", ".join("null" if each is type(None) else each.__name__ for each in types)
        raise BadInputError(f"{name} must be of: {words}")
    return value


def _kind(value: object) -> FaultKind:
    try:
        return FaultKind(value)
    except ValueError as fault:
        kinds = ", ".join(kind.value for kind in FaultKind)
        raise BadInputError(f"kind must be one of: {kinds}") from fault


def _headers(value: object) -> Headers:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise BadInputError("headers must be an object of strings")
    return tuple(value.items())
