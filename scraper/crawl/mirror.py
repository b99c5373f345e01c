"""Where a mirror keeps what a canonical host has, and back (pure): `https://HOST/PATH` is `MIRROR/HOST/PATH` there."""

from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from storage.credentials import without_credentials


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirror by its base address, and the hosts it stands for; a name and a password in the address open it."""

    base: str
    hosts: frozenset[str]

    @property
    def authorization(self) -> str | None:
        """The header that opens the mirror; None where its address bears no name.

        >>> Mirror("http://desk:se%40cret@127.0.0.1", frozenset()).authorization
        'Basic ZGVzazpzZUBjcmV0'
        """
        parts = urlsplit(self.base)
        if parts.username is None:
            return None
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return f"Basic {b64encode(pair.encode()).decode()}"

    def address_of(self, url: str) -> str:
        """Where the mirror keeps a canonical URL.

        >>> Mirror("http://127.0.0.1:8000/", frozenset()).address_of("https://main.un.org/a?b=1")
        'http://127.0.0.1:8000/main.un.org/a?b=1'
        """
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{without_credentials(self.base).rstrip('/')}/{parts.netloc}{parts.path or '/'}{query}"

    def canonical_location(self, location: str, asked: str) -> str:
        """The canonical URL that a `Location` of the mirror means, for the canonical URL that was asked.

        Mirrors answer redirects as they recorded them (`/doc/x.pdf`, `https://documents.un.org/doc/x.pdf`) or in their
        own terms (`http://mirror/documents.un.org/doc/x.pdf`, `/documents.un.org/doc/x.pdf`): all mean the same.
        """
        parts = urlsplit(location)
        base = urlsplit(without_credentials(self.base))
        if parts.netloc and parts.netloc != base.netloc:
            return location
        root = base.path.rstrip("/")
        path = parts.path
        is_own = bool(parts.netloc) or (bool(root) and path.startswith(f"{root}/"))
        if is_own and path.startswith(f"{root}/"):
            path = path[len(root) :]
        host, slash, rest = path.lstrip("/").partition("/")
        if path.startswith("/") and slash and host in self.hosts:
            return urlunsplit(SplitResult("https", host, f"/{rest}", parts.query, ""))
        return urljoin(asked, urlunsplit(SplitResult("", "", path, parts.query, "")))
