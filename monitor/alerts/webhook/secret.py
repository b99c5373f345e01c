"""Reads what a channel must keep to itself: from its `secret_file` or the environment, never from the settings."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_LARGEST: Final = 65_536


class SecretError(Exception):
    """A channel's secret can't be had. The message says where it was looked for, and never holds any of it."""


def variable_of(channel: str) -> str:
    """The environment's name for a channel's secret: `WPSWATCH_SECRET_DESK_1` for the channel `desk-1`."""
    return f"WPSWATCH_SECRET_{re.sub(r'[^A-Z0-9]', '_', channel.upper())}"


def read_secret(channel: str, secret_file: str, environment: Mapping[str, str]) -> str:
    """The text of the channel's secret: of the file when one is named, else of the environment."""
    if not secret_file:
        variable = variable_of(channel)
        if text := environment.get(variable, "").strip():
            return text
        raise SecretError(
            f"expected a secret for the channel {channel!r}, found none; "
            f"name its secret_file, or set the environment variable {variable}"
        )
    path = Path(secret_file).expanduser()
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST + 1)
        text = body.decode()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SecretError(f"expected a readable secret_file {path}, found: {reason}") from error
    except UnicodeDecodeError:
        raise SecretError(f"expected text in the secret_file {path}, found other bytes") from None
    if len(body) > _LARGEST or not text.strip():
        raise SecretError(f"expected a secret in {path}, found {'more than 64 KiB' if body else 'an empty file'}")
    return text
