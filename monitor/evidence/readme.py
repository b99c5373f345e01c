"""The page in a bundle for a judge or an editor: what it proves, what not, and how to check it (pure)."""

from collections.abc import Mapping
from typing import Any, Final

README: Final = "README.txt"

_PAGE: Final = """\
EVIDENCE OF {title}

This file shows what words stood in a document of the United Nations Security Council when they were fetched, from
where, and that nobody has changed them since this file was made.

{picked}WHAT IS IN IT

bodies/            {bodies} as fetched, named by its SHA-256
exchanges.warc.gz  the same in the WARC format (ISO 28500), with what is known of each request and answer
reading.json       the words as wpswatch read them from {shown}
chain.jsonl        a line for each file fetched since this document was first seen; each names the
                   line before by its hash
manifest.json      what was fetched from where and when, and who made this file
public-key.pem     the key to check the signature with
SHA256SUMS         the SHA-256 of every file above and of this page
SHA256SUMS.sig     the signature of SHA256SUMS

WHERE IT CAME FROM

{origins}

HOW TO CHECK IT

You need no program of ours: sha256sum, and openssl 3 or newer. Unpack the file, open a terminal in its
folder, and type:

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
    sha256sum --check --strict SHA256SUMS
    openssl pkey -pubin -in public-key.pem -outform DER | sha256sum
    tail -n 1 chain.jsonl | tr -d '\\n' | sha256sum

1. says "Signature Verified Successfully": SHA256SUMS is as it was signed.
2. says "OK" for each file: none has changed. A file that it does not name is no part of this evidence.
3. must print {key}
   Ask whoever made this file, by a way you trust, whether that is their key. Anybody can sign with a key of their own.
4. must print {head}
   This is the head of the chain. Whoever knows it can tell whether a later chain has kept what came before.

{stamps}With wpswatch: wpswatch verify FILE

WHAT IT DOES NOT PROVE

- Who wrote the words. That rests on https and on the servers of the United Nations.
- When the file was fetched, beyond the word of the computer that made it.
- That the document was not changed at its source before or after.
"""


def readme_of(manifest: Mapping[str, Any], reading: Mapping[str, Any]) -> str:
    """The page of a bundle."""
    picked = reading.get("picked")
    snapshots = manifest["snapshots"]
    count = len({each["body_sha256"] for each in snapshots})
    return _PAGE.format(
        title=f"{manifest['symbol']}{', ' + picked['address'] if picked else ''} ({manifest['language']})",
        picked=_picked(picked) if picked else "",
        bodies="the file" if count == 1 else f"{count} files, each",
        shown=f"bodies/{manifest['shown_body'][:16]}...",
        origins="\n".join(map(_origin, snapshots)),
        key=manifest["key"],
        head=manifest["chain"]["head"],
        stamps="".join(map(_stamp, manifest.get("stamps", []))),
    )


def _stamp(each: Mapping[str, Any]) -> str:
    return (
        f"{each['member']} is a time stamp (RFC 3161) by {each['server']} of {each['stamped_at']}: the chain had the\n"
        f"head named here at that time. With the server's root certificate in root.pem:\n\n"
        f"    openssl ts -verify -digest {each['head']} -in {each['member']} -CAfile root.pem\n\n"
    )


def _picked(picked: Mapping[str, Any]) -> str:
    return (
        f"THE PARAGRAPH\n\n{picked['address']}, number {picked['number']} of {picked['of']} paragraphs, "
        f"as wpswatch read it:\n\n    {picked['text']}\n\n"
    )


def _origin(each: Mapping[str, Any]) -> str:
    archive = each.get("archive")
    of = f"\n  out of an archive of SHA-256 {archive['sha256']}\n" if archive else ""
    inside = f"{of}  where it stood as {archive['path']}" if archive else ""
    asked = f"\n  really asked: {each['asked']}" if each["asked"] != each["answered_by"] else ""
    return (
        f"- {each['fetched_at']}: {each['answered_by']}\n  status {each['status']}, {each['media_type']}{asked}{inside}"
        f"\n  headers: {each['headers']}\n  SHA-256 {each['body_sha256']}"
    )
