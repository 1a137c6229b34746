"""The part of JSON Schema that our own schema uses; a keyword that is not known here fails."""

import re

TYPES = {
    "array": list,
    "integer": int,
    "null": type(None),
    "object": dict,
    "string": str,
}
ABOUT = {"$schema", "$id", "title"}
KNOWN = ABOUT | {
    "additionalProperties",
    "const",
    "items",
    "minItems",
    "pattern",
    "properties",
    "required",
    "type",
}


def complaints(value, schema, at="$"):
    """What is wrong with ``value``, each with the place; empty if it is valid."""
    unknown = set(schema) - KNOWN
    assert not unknown, f"{at}: keywords {unknown} are not understood"
    wrong = [text for ok, text in _claims(value, schema) if not ok]
    found = [f"{at}: {text}" for text in wrong]
    if isinstance(value, dict):
        for name, part in schema.get("properties", {}).items():
            if name in value:
                found += complaints(value[name], part, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            found += complaints(item, schema["items"], f"{at}[{number}]")
    return found


def _claims(value, schema):
    if "type" in schema:
        allowed = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        fits = any(type(value) is TYPES[name] for name in allowed)
        yield fits, f"{type(value).__name__} is not {allowed}"
    if "const" in schema:
        yield value == schema["const"], f"is not {schema['const']!r}"
    if isinstance(value, str) and "pattern" in schema:
        yield re.search(schema["pattern"], value) is not None, f"{value!r} looks wrong"
    if isinstance(value, list):
        yield len(value) >= schema.get("minItems", 0), "has too few items"
    if isinstance(value, dict):
        lost = set(schema.get("required", ())) - set(value)
        yield not lost, f"lacks {sorted(lost)}"
        if schema.get("additionalProperties") is False:
            more = set(value) - set(schema["properties"])
            yield not more, f"has {sorted(more)} too many"
