"""Cases from code and from data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente import _detente
from detente._case import Case
from detente._errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def build(
    title: str = "A case made in Python",
    *,
    actors: Any,
    options: Any = None,
    prefers: Any = None,
    rankings: Mapping[str, Any] | None = None,
    rules: Iterable[str | Mapping[str, Any]] = (),
    status_quo: Iterable[str] | Mapping[str, Any] | None = (),
    outcomes: Mapping[str, str | Mapping[str, Any]] | None = None,
    questions: Mapping[str, Mapping[str, Any]] | None = None,
    question: str | None = None,
    claims: Any = None,
    sources: Any = None,
    **tables: Any,
) -> Case:
    """A case from Python values and data frames.

    actors: `{"az": "Azerbaijan"}`, or ids, or a frame with `id` and `name`.
    options: `{"az": {"sign": "Sign the peace"}}`, or `{"az.sign": "Sign the peace"}`, or a frame with `actor`, `id`, `text`.
    prefers: what each wants, most important first: `{"az": ["west.mediate", {"that": "az.sign", "because": ["c01"]}]}`, or a frame
    with `actor` and `that`, each actor's wishes in order.
    rankings: instead, groups of state numbers from best to worst: `{"a": [[2], [3], [1], [0]]}`.
    rules: what is never so, as formulas; or tables such as `{"requires": "…", "if": "…"}`.
    status_quo: the options that are on, or a table with `on` and `levels`; `None`: there is none.
    outcomes: `{"peace": "az.sign and am.sign"}`. questions: tables by id: `{"q": {"ask": "…", "kind": "possible", "outcome": "peace"}}`.
    claims, sources: tables by id, or frames with `id`.

    Wherever there is a table, it takes the keys of the case file (docs/case-file.md), and so do further tables by keyword:
    `act={…}`, `define={…}`, `variant={…}`. A frame is one of pandas, polars or pyarrow, a list of dictionaries, or whatever has
    `to_dict("records")`, `to_dicts()` or `to_pylist()`; its other columns are further keys, and empty cells are left out.

    Raises `CaseError` with all problems, places being those in the case file that stands for it: `Case.text` shows it.
    """
    about: dict[str, Any] = {"title": title, "question": question}
    about.update(tables.pop("case", {}))
    made: dict[str, Any] = {"format": 1, "case": about}
    made["source"] = _by_id(sources, "title", "sources")
    made["claim"] = _by_id(claims, "says", "claims")
    people = _by_id(actors, "name", "actors") or {}
    for actor, own in _options(options).items():
        _of(people, actor, "options")["option"] = own
    for actor, wishes in _wishes(prefers).items():
        _of(people, actor, "prefers")["prefers"] = wishes
    for actor, groups in (rankings or {}).items():
        _of(people, actor, "rankings")["ranking"] = groups
    made["actor"] = people
    made["rule"] = [dict(rule) if not isinstance(rule, str) else {"never": rule} for rule in rules] or None
    if status_quo is not None:
        given = _mapping(status_quo)
        made["status_quo"] = given if given is not None else {"on": list(status_quo)}
    if outcomes:
        made["outcome"] = {
            key: {"name": key, "on": one} if isinstance(one, str) else dict(one) for key, one in outcomes.items()
        }
    if questions:
        made["question"] = {key: dict(one) for key, one in questions.items()}
    made.update(tables)
    return Case(_detente.build({key: value for key, value in made.items() if value is not None}, "<build>"))


def _of(people: dict[str, dict[str, Any]], actor: str, what: str) -> dict[str, Any]:
    if actor not in people:
        raise UsageError(f"{what} names {actor!r}, which is no actor", f"the actors are {', '.join(people)}")
    return people[actor]


def _mapping(given: Any) -> dict[str, Any] | None:
    return dict(given) if hasattr(given, "keys") and not hasattr(given, "columns") else None


def _records(given: Any, what: str) -> list[dict[str, Any]]:
    """The rows of a frame, without empty cells."""
    rows: Any
    if hasattr(given, "to_dicts"):
        rows = given.to_dicts()
    elif hasattr(given, "to_pylist"):
        rows = given.to_pylist()
    elif hasattr(given, "to_dict"):
        rows = given.to_dict("records")
    else:
        rows = list(given)
    if not all(hasattr(row, "keys") for row in rows):
        raise UsageError(f"{what} is no table", "give a data frame, or a list of dictionaries")
    return [{str(key): row[key] for key in row if not _empty(row[key])} for row in rows]


def _empty(cell: Any) -> bool:
    # A number that is not equal to itself is how frames write an empty cell.
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(cell, float) and cell != cell


def _column(row: dict[str, Any], names: tuple[str, ...], what: str) -> Any:
    for name in names:
        if name in row:
            return row.pop(name)
    raise UsageError(f"{what} has a row without {' or '.join(names)}")


def _by_id(given: Any, text: str, what: str) -> dict[str, dict[str, Any]] | None:
    """Tables by id; a text alone is the value of `text`."""
    if given is None:
        return None
    mapping = _mapping(given)
    if mapping is not None:
        return {str(key): {text: one} if isinstance(one, str) else dict(one) for key, one in mapping.items()}
    if isinstance(given, (list, tuple)) and all(isinstance(one, str) for one in given):
        return {one: {} for one in given}
    rows = _records(given, what)
    return {str(_column(row, ("id",), what)): row for row in rows}


def _options(given: Any) -> dict[str, dict[str, Any]]:
    """Per actor its options, each a text or a table."""
    found: dict[str, dict[str, Any]] = {}
    if given is None:
        return found
    mapping = _mapping(given)
    if mapping is None:
        for row in _records(given, "options"):
            actor = str(_column(row, ("actor",), "options"))
            option = str(_column(row, ("id", "option"), "options"))
            found.setdefault(actor, {})[option] = {"text": option, **row}
        return found
    for key, one in mapping.items():
        actor, dot, option = str(key).partition(".")
        if dot:
            found.setdefault(actor, {})[option] = one if isinstance(one, str) else dict(one)
            continue
        own = _mapping(one)
        if own is None:
            own = {str(option): str(option) for option in one}
        found.setdefault(actor, {}).update(own)
    return found


def _wishes(given: Any) -> dict[str, list[dict[str, Any]]]:
    """Per actor its wishes, each a table."""
    found: dict[str, list[dict[str, Any]]] = {}
    if given is None:
        return found
    mapping = _mapping(given)
    if mapping is None:
        for row in _records(given, "prefers"):
            found.setdefault(str(_column(row, ("actor",), "prefers")), []).append(row)
        return found
    for actor, wishes in mapping.items():
        if isinstance(wishes, str):
            wishes = [wishes]
        found[str(actor)] = [{"that": wish} if isinstance(wish, str) else dict(wish) for wish in wishes]
    return found
