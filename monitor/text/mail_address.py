"""Reads a mail address as people write it, and refuses what no mail server could be told. Pure.

The part before the @ must be ASCII: few servers take another (SMTPUTF8, RFC 6531). A domain may have any letters; it is
told as ASCII (IDNA).
"""

import re
import unicodedata
from dataclasses import dataclass

# "wpswatch <alerts@example.org>", "desk@example.org"
_WRITTEN = re.compile(r"(?:(?P<name>[^<>]*)<(?P<framed>[^<>\s]+)>|(?P<bare>[^<>\s]+))")
# RFC 5322, 3.2.3: a dot-atom; a quoted part before the @ is refused
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_LONGEST, _LONGEST_LOCAL = 254, 64  # RFC 5321, 4.5.3.1


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address in ASCII, and the name shown with it, "" for none."""

    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        """The address alone: `desk@example.org`."""
        return f"{self.local}@{self.domain}"


def read_address(text: str) -> MailAddress:
    """The address of `desk@example.org` or `The desk <desk@example.org>`; a ValueError that says what is wrong."""
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in text):
        raise ValueError("a mail address without line ends and control characters")
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise ValueError("one mail address such as 'desk@example.org' or 'The desk <desk@example.org>'")
    local, at, domain = (written["framed"] or written["bare"]).rpartition("@")
    if not at or not domain:
        raise ValueError("a mail address with a part before and after its @, such as 'desk@example.org'")
    if not local.isascii():
        raise ValueError("a mail address with only ASCII letters before its @; ask for another address there")
    if not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL:
        raise ValueError("a mail address such as 'desk@example.org', without blanks, quotation marks or double dots")
    address = MailAddress((written["name"] or "").strip().strip('"').strip(), local, _ascii_domain(domain))
    if len(address.address) > _LONGEST:
        raise ValueError(f"a mail address of at most {_LONGEST} characters")
    return address


def _ascii_domain(domain: str) -> str:
    lower = domain.lower()
    try:
        told = lower.encode("idna").decode("ascii")
        # "ß" and a few more would become another domain's letters (IDNA 2003 against 2008)
        is_same = lower.isascii() or told.encode("ascii").decode("idna") == lower
    except UnicodeError:
        is_same, told = False, ""
    if not is_same:
        raise ValueError("a mail address with a domain that can be told as ASCII; write it in the form 'xn--...'")
    if not _DOMAIN.fullmatch(told):
        raise ValueError("a mail address with a domain such as 'example.org' after its @")
    return told
