"""Takes user names and passwords out of addresses before they are stored, shown or told (pure)."""

import re

# "https://desk:secret@mirror.example.org/", "http://token@10.0.0.1:8080": what stands between "//" and the last "@"
_CREDENTIALS = re.compile(r"(?P<scheme>\b[a-z][a-z0-9+.-]{1,20}://)[^\s/?#\"'<>]*@", re.IGNORECASE)
# "invalid hostname: desk:secret@10.0.0.1", as libraries quote the part behind "//"; not "mailto:desk@example.org"
_BARE = re.compile(
    r"(?<![\w.%+:/@-])(?!(?:mailto|to|cc|bcc|from):)[^\s/?#\"'<>@:]+:[^\s/?#\"'<>@]+@(?=[\w\[])", re.IGNORECASE
)


def without_credentials(text: str) -> str:
    """The text with the addresses in it, and without what would let a reader log in there.

    >>> without_credentials("found no answer at https://desk:se%40cret@mirror.example.org/a")
    'found no answer at https://mirror.example.org/a'
    """
    return _BARE.sub("", _CREDENTIALS.sub(r"\g<scheme>", text))
