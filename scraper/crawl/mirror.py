"""Where a mirror keeps what a canonical host has, and back (pure): `https://HOST/PATH` is `MIRROR/HOST/PATH` there."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirror by its base address, and the hosts it stands for."""

    base: str
    hosts: frozenset[str]

    def address_of(self, url: str) -> str:
        """Where the mirror keeps a canonical URL.

        >>> Mirror("http://127.0.0.1:8000/", frozenset()).address_of("https://main.un.org/a?b=1")
        'http://127.0.0.1:8000/main.un.org/a?b=1'
        """
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.base.rstrip('/')}/{parts.netloc}{parts.path or '/'}{query}"

    def canonical_location(self, location: str, asked: str) -> str:
        """The canonical URL that a `Location` of the mirror means, for the canonical URL that was asked.

        Mirrors answer redirects as they recorded them (`/doc/x.pdf`, `https://documents.un.org/doc/x.pdf`) or in their
        own terms (`http://mirror/documents.un.org/doc/x.pdf`, `/documents.un.org/doc/x.pdf`): all mean the same.
        """
        parts = urlsplit(location)
        base = urlsplit(self.base)
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
