"""What some commands need beside the program itself, and how to get it."""

from importlib.util import find_spec


class MissingExtraError(Exception):
    """A package of an extra is not installed; the message says how to install it."""


def has_package(package: str) -> bool:
    """Whether a package is installed."""
    return find_spec(package) is not None


def need(package: str, extra: str, what: str) -> None:
    """Refuse when a package is missing.

    Raises:
        MissingExtraError: it is not installed.
    """
    if not has_package(package):
        raise MissingExtraError(f"{what} needs the extra '{extra}'; install it: pip install 'wpswatch[{extra}]'")
