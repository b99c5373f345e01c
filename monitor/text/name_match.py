"""How what a person typed may mean a name: all of it, its beginning, a part of it, or its initials. Pure."""


def is_named(name: str, typed: str) -> bool:
    """Whether a name is just what was typed."""
    return name == typed


def has_initials(name: str, typed: str) -> bool:
    """Whether a name has the initials that were typed, `sgbv`; "and" and "of" have none."""
    initials = "".join(word[0] for word in name.replace("-", " ").split() if word not in ("and", "of"))
    return len(typed) > 1 and typed in (initials, initials.removeprefix("g"))  # "gwps" and "wps"


def begins(name: str, typed: str) -> bool:
    """Whether a name begins as was typed."""
    return bool(typed) and name.startswith(typed)


def holds(name: str, typed: str) -> bool:
    """Whether what was typed, three letters at least, stands in a name."""
    return len(typed) > 2 and typed in name
