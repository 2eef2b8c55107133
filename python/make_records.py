"""Makes `detente/records.py` of the schemas of the contracts, which are made of the Rust types.

python python/make_records.py          # writes the file
python python/make_records.py --check  # fails when it is stale
"""

from __future__ import annotations

import json
import keyword
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parent / "schema"
FILE = HERE / "detente" / "records.py"
COMMAND = "python python/make_records.py"
# The contracts of what a case can be asked, with the class of each as a whole.
CONTRACTS = {
    "solve": None,
    "sample": "Sample",
    "trust": "Trust",
    "price": "Price",
    "evolve": "Evolve",
    "explain": "Explain",
    "certificate": "Certificate",
    "map": "Map",
    "said": "Said",
    "power": "Power",
    "rank": "Rank",
    "watch": "WatchFor",
    "check": "Check",
}
# What no contract has: an outcome that lasts with its name, which `Answer.lasting` gives.
OUTCOME = {
    "type": "object",
    "description": "An outcome that lasts, with its name. `why`, `undone` and `resting` are known of those that last "
    "under Nash stability, where they are few.",
    "properties": {
        "account": {
            "type": ["string", "null"],
            "description": "The account of the case in which it lasts; `None` where no claims contradict each other.",
        },
        "concept": {"type": "string", "description": "Under which concept."},
        "state": {"type": "string", "description": "Which: a full pattern, or the id in graph form."},
        "name": {"type": "string", "description": "What it is called."},
        "why": {"type": ["string", "null"], "description": "Why nobody leaves it alone, in one sentence."},
        "undone": {
            "anyOf": [{"$ref": "#/$defs/UndoneInfo"}, {"type": "null"}],
            "description": "Who could undo it together.",
        },
        "resting": {
            "anyOf": [{"$ref": "#/$defs/RestingInfo"}, {"type": "null"}],
            "description": "What it rests on most.",
        },
    },
    "required": ["account", "concept", "state", "name", "why", "undone", "resting"],
}

HEAD = '''"""The contracts as typed records: what `.data` of an answer is made of.

Made from `schema/*.schema.json` by `{command}`; the descriptions are those of the contracts. A record is
read-only, shows its fields, compares by them, and `to_dict()` gives it as plain data. A field that Python keeps for itself
has an underscore behind it (`from_`).
"""

from __future__ import annotations

from typing import Literal

from detente._record import Record

__all__ = [
{names}
]
'''


def attribute(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name


class Made:
    """The classes of all contracts."""

    def __init__(self) -> None:
        self.classes: dict[str, dict[str, Any]] = {}
        self.aliases: dict[str, dict[str, Any]] = {}

    def add(self, name: str, schema: dict[str, Any]) -> None:
        if name.startswith("SchemaName"):
            return
        into = self.classes if schema.get("type") == "object" and "properties" in schema else self.aliases
        known = into.setdefault(name, schema)
        if known != schema:
            raise SystemExit(f"{name} is two different things in two contracts")

    def kind(self, schema: dict[str, Any] | bool) -> str:
        """The type of Python that a schema describes."""
        if isinstance(schema, bool):
            return "object"
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            if name.startswith("SchemaName"):
                return "str"
            return name if name in self.classes else self.kind(self.aliases[name])
        if "const" in schema:
            return f"Literal[{schema['const']!r}]"
        if "enum" in schema:
            return "Literal[" + ", ".join(repr(word) for word in schema["enum"]) + "]"
        for key in ("anyOf", "oneOf"):
            if key in schema:
                kinds = [self.kind(one) for one in schema[key]]
                literals = [kind[8:-1] for kind in kinds if kind.startswith("Literal[")]
                if len(literals) > 1:
                    kinds = [f"Literal[{', '.join(literals)}]"] + [k for k in kinds if not k.startswith("Literal[")]
                return " | ".join(dict.fromkeys(kinds))
        given = schema.get("type")
        if isinstance(given, list):
            return " | ".join(self.kind({**schema, "type": one}) for one in given)
        if given == "array":
            if "prefixItems" in schema:
                return f"tuple[{', '.join(self.kind(one) for one in schema['prefixItems'])}]"
            return f"tuple[{self.kind(schema.get('items', True))}, ...]"
        if given == "object":
            return f"dict[str, {self.kind(schema.get('additionalProperties', True))}]"
        plain = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
        return plain[given] if given else "object"

    def absent(self, schema: dict[str, Any] | bool) -> str:
        """What a field that a contract leaves out is: an empty tuple or dictionary, or `None`."""
        kind = self.kind(schema)
        if kind.startswith("tuple[") and kind.endswith("...]") and "| None" not in kind:
            return "()"
        return "None"

    def source(self, name: str) -> str:
        schema = self.classes[name]
        required = set(schema.get("required", []))
        lines = [f"class {name}(Record):"]
        lines += documented(schema.get("description", ""))
        fields = list(schema["properties"].items())
        spec = ", ".join(f"({field!r}, {attribute(field)!r}, {self.absent(one)})" for field, one in fields)
        lines.append("    __slots__ = (" + " ".join(f"{attribute(field)!r}," for field, _ in fields) + ")")
        lines.append(f"    _spec = ({spec},)")
        for field, one in fields:
            kind = self.kind(one)
            if field not in required and self.absent(one) == "None" and "None" not in kind:
                kind += " | None"
            lines.append(f"    {attribute(field)}: {kind}")
            text = one.get("description") if isinstance(one, dict) else None
            if text is None and isinstance(one, dict):
                text = self.aliases.get(one.get("$ref", "").rsplit("/", 1)[-1], {}).get("description")
            if text:
                lines += documented(text)
        return "\n".join(lines)


def documented(text: str) -> list[str]:
    """A docstring, wrapped."""
    text = re.sub(r"\[`([^`]+)`\]", r"`\1`", " ".join(text.split())).replace("\\", "\\\\")
    if not text:
        return []
    if len(text) <= 108:
        return [f'    """{text}"""']
    inside = textwrap.wrap(text, 112, initial_indent='    """', subsequent_indent="    ")
    return [*inside[:-1], inside[-1] + '"""'] if len(inside[-1]) <= 112 else [*inside, '    """']


def text() -> str:
    made = Made()
    for contract, whole in CONTRACTS.items():
        schema = json.loads((SCHEMAS / f"{contract}.schema.json").read_text("utf-8"))
        for name, one in schema.get("$defs", {}).items():
            made.add(name, one)
        if whole:
            made.add(whole, {key: value for key, value in schema.items() if key[0] != "$" and key != "title"})
    made.add("Outcome", OUTCOME)
    names = sorted(made.classes)
    head = HEAD.format(command=COMMAND, names="\n".join(f'    "{name}",' for name in names))
    return head + "\n\n" + "\n\n\n".join(made.source(name) for name in names) + "\n"


def main() -> int:
    made = text()
    if "--check" in sys.argv:
        if FILE.read_text("utf-8") == made:
            return 0
        print(f"{FILE.relative_to(HERE.parent)} is stale: run `{COMMAND}`", file=sys.stderr)
        return 1
    FILE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
