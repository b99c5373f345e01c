"""Checks an evidence bundle: names, hashes, signature, chain, bodies, and that today's parser reads the same words."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.app.reading.rereading import Fetched, Unread, parser_version, read_again
from monitor.evidence.bundle import CHAIN, MANIFEST, PUBLIC_KEY, READING, SCHEMA, SIGNATURE, SUMS, WARC
from monitor.evidence.exchanges import bodies_in
from monitor.evidence.key import MissingExtra, fingerprint, read_public
from monitor.evidence.reading import reading_record, words_read
from monitor.evidence.sealed_zip import WrongFile, blocks_of, opened_zip
from monitor.evidence.stamps import NoStamp, read_stamp
from storage.chain import line_hash

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class CheckVerdict(StrEnum):
    """How one check came out."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"  # it can't be told here


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, how it came out, and what was found."""

    check: str
    verdict: CheckVerdict
    found: str


@dataclass(frozen=True, slots=True)
class KnownHere:
    """What the one who checks knows already: whose keys are whose, by fingerprint, and whether the head is known.

    `has_head` is None where there is no chain of one's own to look into. `named` is the key that was asked for, if any;
    `roots` are the certificates of time-stamping servers that are trusted.
    """

    keys: Mapping[str, str]
    has_head: bool | None = None
    named: str | None = None
    roots: Sequence["Certificate"] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """The members of a bundle by name, and names that stand in it twice."""

    members: Mapping[str, bytes]
    twice: tuple[str, ...]


def open_bundle(path: Path) -> Opened:
    """The members of a bundle.

    Raises:
        WrongFile: it is no whole ZIP file, no evidence, or a newer program's.
    """
    with opened_zip(path) as archive:
        names = archive.namelist()
        members = {name: b"".join(blocks_of(archive, name)) for name in dict.fromkeys(names)}
    opened = Opened(members, tuple(sorted({name for name in names if names.count(name) > 1})))
    try:
        schema = str(json.loads(members[MANIFEST])["schema"]) if MANIFEST in members else SCHEMA
    except (ValueError, KeyError, TypeError, RecursionError):
        schema = SCHEMA  # damaged: the checks name it
    if not (MANIFEST in members or SUMS in members):
        raise WrongFile(f"expected evidence of wpswatch, found another file at {path}; check its name")
    if schema != SCHEMA:
        is_newer = schema.startswith("wpswatch.evidence/")
        remedy = "a newer wpswatch has written it: upgrade" if is_newer else "check its name"
        raise WrongFile(f"expected {SCHEMA}, found {schema} in {path}; {remedy}")
    return opened


def head_of(opened: Opened) -> str | None:
    """The head of the chain that the manifest names, None where it can't be read."""
    try:
        return str(json.loads(opened.members[MANIFEST])["chain"]["head"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def verify(opened: Opened, known: KnownHere) -> list[Check]:
    """Every check of a bundle; those that rest on damaged members fail with the reason."""
    members = opened.members
    checks = [*_names(opened), *_signature(members, known)]
    for name, check in (("chain", _chain), ("stamps", _stamps), ("bodies", _bodies), ("reading", _reading)):
        try:
            checks += check(members, known)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
            checks.append(Check(name, CheckVerdict.FAILS, f"can't be read: {type(error).__name__}: {error}"))
    return checks


def _names(opened: Opened) -> Iterator[Check]:
    members = opened.members
    told = _sums(members.get(SUMS, b""))
    here = set(members) - {SUMS, SIGNATURE}
    faults = [f"{name} is missing" for name in sorted(({*told} | {SUMS, SIGNATURE}) - set(members))]
    faults += [f"{name} does not belong to it" for name in sorted(here - set(told))]
    faults += [f"{name} stands in it twice" for name in opened.twice]
    yield _check("members", faults, f"{len(members)}, none missing and none beside them")
    changed = [f"{name} was changed" for name in sorted(here & set(told)) if _sha256(members[name]) != told[name]]
    yield _check("hashes", changed, f"all {len(told)} are as they were")


def _signature(members: Mapping[str, bytes], known: KnownHere) -> Iterator[Check]:
    try:
        from cryptography.exceptions import InvalidSignature
    except ModuleNotFoundError as error:
        raise MissingExtra("cryptography") from error
    try:
        key = read_public(members.get(PUBLIC_KEY, b""))
        key.verify(members.get(SIGNATURE, b""), members.get(SUMS, b""))
    except (InvalidSignature, WrongFile) as error:
        yield Check("signature", CheckVerdict.FAILS, str(error) or f"{SIGNATURE} is not of this {SUMS} by this key")
        return
    mark = fingerprint(key)
    yield Check("signature", CheckVerdict.HOLDS, f"by the key {mark}")
    if known.named not in (None, mark):
        yield Check("key", CheckVerdict.FAILS, f"it is not the key you named, {known.named}")
    elif mark in known.keys:
        yield Check("key", CheckVerdict.HOLDS, f"it is {known.keys[mark]}")
    else:
        yield Check("key", CheckVerdict.OPEN, "not known here: ask whoever made this file whether it is theirs")


def _chain(members: Mapping[str, bytes], known: KnownHere) -> Iterator[Check]:
    manifest = json.loads(members[MANIFEST])
    lines = members[CHAIN].decode("utf-8", "surrogatepass").removesuffix("\n").split("\n")
    links = [json.loads(line) for line in lines]
    hashes = [line_hash(line) for line in lines]
    faults = [
        f"line {number} does not follow line {number - 1}"
        for number, (link, before) in enumerate(zip(links[1:], hashes, strict=False), 2)
        if link["previous"] != before
    ]
    head = manifest["chain"]["head"]
    if hashes[-1] != head:
        faults.append(f"it ends with {hashes[-1]}, and the manifest says {head}")
    in_chain = {(link["url"], link["body_hash"], link["fetched_at"]) for link in links}
    faults += [
        f"snapshot {each['snapshot']} is not in it"
        for each in manifest["snapshots"]
        if not any(url == each["url"] and body == each["body_sha256"] for url, body, _ in in_chain)
    ]
    yield _check("chain", faults, f"{len(lines)} {'link' if len(lines) == 1 else 'links'}, unbroken to {head}")
    if known.has_head is None:
        yield Check("own chain", CheckVerdict.OPEN, "no database here to look for its head in")
    elif known.has_head:
        yield Check("own chain", CheckVerdict.HOLDS, "this installation's chain still holds its head")
    else:
        found = "this installation's chain does not hold its head: it is another's, or rows were changed or cut off"
        yield Check("own chain", CheckVerdict.OPEN if manifest["key"] not in known.keys else CheckVerdict.FAILS, found)


def _stamps(members: Mapping[str, bytes], known: KnownHere) -> Iterator[Check]:
    """Whether each time stamp is about a link of the chain, and who signed it."""
    manifest = json.loads(members[MANIFEST])
    hashes = {line_hash(line) for line in members[CHAIN].decode("utf-8", "surrogatepass").split("\n")}
    for each in manifest.get("stamps", []):
        name = str(each["member"])
        try:
            stamp = read_stamp(members[name], known.roots)
        except MissingExtra as error:
            yield Check(name, CheckVerdict.OPEN, str(error))
            continue
        except NoStamp as error:
            yield Check(name, CheckVerdict.FAILS, str(error))
            continue
        words = (
            f"the chain's head {stamp.head[:16]}… was there at {stamp.stamped_at.isoformat()}, says {each['server']}"
        )
        if stamp.fault or stamp.head not in hashes:
            yield Check(name, CheckVerdict.FAILS, stamp.fault or "it is about a link that the chain does not hold")
        elif stamp.is_checked:
            yield Check(name, CheckVerdict.HOLDS, words)
        else:
            found = f"{words}; who signed it can't be told: name the server's root certificate with --ca"
            yield Check(name, CheckVerdict.OPEN, found)


def _bodies(members: Mapping[str, bytes], known: KnownHere) -> Iterator[Check]:
    manifest = json.loads(members[MANIFEST])
    faults = [
        f"{name} has not the hash that is its name"
        for name in members
        if name.startswith("bodies/") and _stem(name) != _sha256(members[name])
    ]
    wanted = [each["body_sha256"] for each in manifest["snapshots"]]
    held = {_stem(name) for name in members if name.startswith("bodies/")}
    faults += [f"the body {each} is missing" for each in wanted if each not in held]
    if [_sha256(body) for body in bodies_in(members[WARC])] != wanted:
        faults.append(f"{WARC} holds other bodies than the manifest names")
    yield _check("bodies", faults, f"{len(held)}, alike in bodies/ and {WARC}")


def _reading(members: Mapping[str, bytes], known: KnownHere) -> Iterator[Check]:
    manifest, told = json.loads(members[MANIFEST]), json.loads(members[READING])
    origins = {each["body_sha256"]: each for each in manifest["snapshots"]}
    bodies = {_stem(name): content for name, content in members.items() if name.startswith("bodies/")}
    shown, body = origins[told["body_sha256"]], bodies[told["body_sha256"]]
    read = read_again(Fetched(body, shown["url"], shown["media_type"], shown["symbol"], shown["language"]))
    if isinstance(read, Unread):
        yield Check("reading", CheckVerdict.FAILS, f"today's parser reads no document: {read.why}")
        return
    now = words_read(reading_record(read, told["body_sha256"], None))
    other = _first_difference(words_read(told), now)
    picked = told.get("picked")
    if picked and not any((a, t) == (picked["address"], picked["text"]) for a, _, t in words_read(told)):
        other = f"the paragraph picked, {picked['address']}, is not in it"
    versions = f"parser {parser_version()}; it was read by {told['parser_version']}"
    sound = f"today's parser reads the same {len(now)} paragraphs ({versions})"
    yield _check("reading", [other] if other else [], sound)


def _first_difference(
    told: Sequence[tuple[str, str | None, str]], now: Sequence[tuple[str, str | None, str]]
) -> str | None:
    if len(told) != len(now):
        return f"{len(told)} paragraphs stand in it, today's parser reads {len(now)}"
    pairs = zip(told, now, strict=True)
    return next((f"today's parser reads other words in {old[0]}" for old, new in pairs if old != new), None)


def _check(name: str, faults: Sequence[str], sound: str) -> Check:
    return Check(name, CheckVerdict.FAILS, "; ".join(faults)) if faults else Check(name, CheckVerdict.HOLDS, sound)


def _sums(content: bytes) -> dict[str, str]:
    lines: Any = (line.partition("  ") for line in content.decode("utf-8", "replace").splitlines())
    return {name: hashed for hashed, _, name in lines if name}


def _stem(name: str) -> str:
    return name.removeprefix("bodies/").partition(".")[0]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
