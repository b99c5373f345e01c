"""Which addresses a webhook may be sent to: the public Internet's, unless its channel allows others. Pure.

A receiver's address is somebody else's to choose, and may lead into the network that this program runs in: to a cloud's
metadata service, a router, a database (server-side request forgery). So every address that a name gives is looked at,
and names written so that two programs may read them differently are refused.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

DEFAULT_PORTS: Final = {"https": 443, "http": 80}

# The blocks that IANA's special-purpose registries keep from the public Internet (RFC 6890 and its successors).
_IPV4: Final = {
    "unspecified": ("0.0.0.0/8",),
    "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
    "carrier-grade NAT": ("100.64.0.0/10",),
    "loopback": ("127.0.0.0/8",),
    "link-local": ("169.254.0.0/16",),
    "reserved": ("192.0.0.0/24", "240.0.0.0/4"),
    "documentation": ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
    "benchmarking": ("198.18.0.0/15",),
    "a 6to4 relay": ("192.88.99.0/24",),
    "multicast": ("224.0.0.0/4",),
}
_IPV6: Final = {
    "unspecified": ("::/128",),
    "loopback": ("::1/128",),
    "an IPv4-mapped form": ("::ffff:0:0/96",),
    "an IPv4-translated form": ("::ffff:0:0:0/96",),
    "an IPv4-compatible form": ("::/96",),
    "a NAT64 form": ("64:ff9b::/96", "64:ff9b:1::/48"),
    "a Teredo tunnel": ("2001::/32",),
    "documentation": ("2001:db8::/32", "3fff::/20"),
    "reserved": ("2001::/23",),
    "a 6to4 tunnel": ("2002::/16",),
    "private": ("fc00::/7",),
    "link-local": ("fe80::/10",),
    "site-local": ("fec0::/10",),
    "multicast": ("ff00::/8",),
}
_BLOCKS_4: Final = tuple((IPv4Network(block), kind) for kind, blocks in _IPV4.items() for block in blocks)
_BLOCKS_6: Final = tuple((IPv6Network(block), kind) for kind, blocks in _IPV6.items() for block in blocks)
_PUBLIC_6: Final = IPv6Network("2000::/3")
_ISATAP: Final = (0x0000_5EFE, 0x0200_5EFE)  # the upper half of the interface part, RFC 5214

_NUMBER: Final = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")  # such as "0x7f", "0177", "2130706433": a part of an address
_NAME: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")  # "hooks.example.org"
_PRINTABLE: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a webhook goes: `host` is a name or an address without brackets, `path` begins with / and has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The value of the header Host: IPv6 in brackets, the port when it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, *, allows_private: bool) -> Target:
    """The parts of a webhook's address.

    Raises:
        ValueError: it is none, or one that is only fit for a channel with `allow_private_addresses`: without TLS, or a
            host in an unusual spelling. The message says what was expected and found.
    """
    if not _PRINTABLE.fullmatch(url):
        raise ValueError(f"expected an address in printable ASCII (an international name as xn--...), found {url!r}")
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"expected an address that begins with https:// and a host, found {url!r}")
    if "@" in parts.netloc:
        raise ValueError("expected an address without a name and password before the host, found an @")
    try:
        port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    except ValueError as error:
        raise ValueError(f"expected a port from 1 to 65535, found {parts.netloc!r}") from error
    if port == 0:
        raise ValueError("expected a port from 1 to 65535, found 0")
    if not allows_private:
        if parts.scheme != "https":
            raise ValueError(f"expected https:// (http:// only with allow_private_addresses = true), found {url!r}")
        if problem := spelling_problem(parts.hostname):
            raise ValueError(f"expected a host as everyone writes it, found {parts.hostname!r}: {problem}")
        if _is_address(parts.hostname) and (kind := address_problem(parts.hostname)):
            raise ValueError(
                f"expected a public address, found {parts.hostname} ({kind}); "
                "set allow_private_addresses = true if the receiver is in your own network"
            )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port, path)


def spelling_problem(host: str) -> str | None:
    """What is unusual in the spelling of a host, None when all programs read it alike.

    A host whose last part is a number is an IPv4 address to most programs, whatever it looks like: `0x7f.1`,
    `2130706433` and `0177.0.0.1` are all 127.0.0.1 (WHATWG URL, "ends in a number").
    """
    if ":" in host:
        try:
            return "an IPv6 address of one link" if IPv6Address(host).scope_id else None
        except ValueError:
            return "no IPv6 address"
    if host.endswith("."):
        return "a dot at the end"
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            IPv4Address(host)
        except ValueError:
            return "a number that is no IPv4 address of four decimal parts"
        return None
    return None if len(host) <= 253 and _NAME.fullmatch(host) else "signs that no name of a host has"


def _is_address(host: str) -> bool:
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def address_problem(address: str) -> str | None:
    """What kind of address it is if not a public one, such as `private` or `a NAT64 form`; None for a public one."""
    try:
        found = ip_address(address)
    except ValueError:
        return "no address"
    if isinstance(found, IPv4Address):
        return next((kind for block, kind in _BLOCKS_4 if found in block), None)
    for block, kind in _BLOCKS_6:
        if found in block:
            return kind
    if found not in _PUBLIC_6 or found.scope_id:
        return "reserved"
    return "an ISATAP tunnel" if (int(found) >> 32) & 0xFFFF_FFFF in _ISATAP else None
