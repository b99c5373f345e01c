"""Values as the cells of a CSV table."""

BOM = "\ufeff"
"""Stands at the head of a file by which Excel is to know UTF-8."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        value = "; ".join(value) if all(isinstance(each, str) for each in value) else _json(value)
    elif isinstance(value, dict):
        value = _json(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
