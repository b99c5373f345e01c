"""How the program names itself to the sites it asks."""

from importlib import metadata


def user_agent(contact: str | None) -> str:
    """The honest agent: which program, and whom to write to about it."""
    try:
        version = metadata.version("wpswatch")
    except metadata.PackageNotFoundError:  # run from a folder of sources
        version = "0"
    whom = "".join(sign for sign in contact or "" if sign.isprintable() and sign not in "();") or "monitor of UN texts"
    return f"Mozilla/5.0 (compatible; wpswatch/{version}; +{whom})"
