"""The commands `evidence`, `verify` and `key`: proof to hand to others, and how it is checked."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    pass


@click.command(
    epilog="\b\nExamples:\n  wpswatch evidence 2387 -o 2387.zip\n"
    "  wpswatch evidence 2387 '43 (d) (ii)' -o paragraph.zip\n\n"
    "It needs the extra `evidence`: pip install 'wpswatch[evidence]'."
)
@click.argument("symbol", metavar="SYMBOL")
@click.argument("address", metavar="[ADDRESS]", required=False)
@click.option("-o", "--output", "file", metavar="FILE", required=True, help="The ZIP file to write.")
@click.option("--lang", "language", metavar="CODE", help="The language of the text; as `show` chooses unless given.")
@click.option("--replace", "may_replace", is_flag=True, help="Replace a file of this name, once the new one is whole.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Gather and sign everything; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
@pass_session
def evidence(
    session: Session,
    symbol: str,
    address: str | None,
    file: str,
    language: str | None,
    may_replace: bool,
    is_dry: bool,
    as_json: bool,
) -> None:
    """Write a signed file with a document as it was fetched, how it came, and what was read from it.

    Whoever gets it checks it with sha256sum and openssl, or with wpswatch verify; a README in it says how.
    """
    from importlib.metadata import version

    from monitor.app.reading.documents import show_document, show_paragraph
    from monitor.cli.pages.render import Page, echo_json, plain
    from monitor.evidence.bundle import Subject, gather, write_bundle
    from monitor.evidence.key import load_key
    from monitor.evidence.sealed_zip import WrongFile

    target = Path(file).expanduser()
    try:
        key = load_key(session.data_dir)
        with closing(session.open_readonly()) as db:
            if address is None:
                shown, picked = show_document(db, symbol, language)[0], None
            else:
                shown, passage = show_paragraph(db, symbol, address, language)
                picked = passage.paragraph.address
            subject = Subject(shown.held, picked)
            proof = gather(db, session.bodies, subject, key, datetime.now(UTC), f"wpswatch {version('wpswatch')}")
        if not is_dry:
            write_bundle(target, proof, may_replace=may_replace)
    except WrongFile as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        echo_json({"file": str(target), "dry_run": is_dry, "manifest": proof.manifest})
        return
    page = Page()
    page.line(plain(f"{'Would be written to' if is_dry else 'Written to'} {target}:"))
    page.table(
        ("what", "bytes"), [(name, f"{len(content):,}") for name, content in proof.members.items()], right="bytes"
    )
    page.line(plain(f"signed by the key {proof.manifest['key']}"))
    page.print()


@click.command(
    epilog="\b\nExamples:\n  wpswatch verify 2387.zip\n  wpswatch verify 2387.zip --key public-key.pem\n\n"
    "Exit codes: 0 all holds, 1 something does not, 3 all holds, but whose key it is can't be told here."
)
@click.argument("file", metavar="FILE")
@click.option("--key", "key_file", metavar="PEM", help="The public key that it must be signed by.")
@click.option("--ca", "ca_file", metavar="PEM", help="Root certificates of the time-stamping server, for its stamps.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of checks as JSON.")
@pass_session
def verify(session: Session, file: str, key_file: str | None, ca_file: str | None, as_json: bool) -> None:
    """Say what holds of a file of evidence: members, hashes, signature, chain, bodies, and the words read.

    A member that was changed, renamed, added or taken out is named. The head of its chain is looked for in this
    installation's own, where there is one.
    """
    from monitor.cli.pages.render import BAD, GOOD, ODD, Page, echo_json_list, plain
    from monitor.evidence.known_here import known_here
    from monitor.evidence.sealed_zip import WrongFile
    from monitor.evidence.verify import CheckVerdict, open_bundle
    from monitor.evidence.verify import verify as checks_of

    try:
        opened = open_bundle(Path(file).expanduser())
        checks = checks_of(opened, known_here(session, opened, key_file, ca_file))
    except WrongFile as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        echo_json_list({"check": each.check, "verdict": each.verdict, "found": each.found} for each in checks)
    else:
        styles = {CheckVerdict.HOLDS: GOOD, CheckVerdict.OPEN: ODD, CheckVerdict.FAILS: BAD}
        page = Page()
        for each in checks:
            verdict = page.style(each.verdict.value.ljust(5), styles[each.verdict])
            page.wrapped(plain(each.found), f"{verdict}  {each.check.ljust(12)}  ", " " * 21)
        page.print()
    verdicts = {each.verdict for each in checks}
    if CheckVerdict.FAILS in verdicts:
        raise click.exceptions.Exit(1)
    if any(each.check == "key" and each.verdict is CheckVerdict.OPEN for each in checks):
        raise click.exceptions.Exit(3)


@click.command(epilog="\b\nExamples:\n  wpswatch key --new\n  wpswatch key > public-key.pem")
@click.option("--new", "is_new", is_flag=True, help="Make the key of this data folder, once.")
@click.option("--dry-run", "is_dry", is_flag=True, help="With --new: make nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def key(session: Session, is_new: bool, is_dry: bool, as_json: bool) -> None:
    """Print the public half of the key that signs evidence, to give to others; its fingerprint goes to stderr.

    The private half stays in the data folder, where only you can read it. wpswatch backup --secrets keeps it.
    """
    from monitor.cli.pages.render import echo_json
    from monitor.evidence.key import KEY_NAME, fingerprint, load_key, make_key, public_pem
    from monitor.evidence.sealed_zip import WrongFile

    path = session.data_dir / KEY_NAME
    try:
        if is_new and is_dry and not path.exists():
            session.note(f"a key would be made at {path}")
            return
        public = (make_key if is_new else load_key)(session.data_dir).public_key()
    except WrongFile as error:
        raise click.ClickException(str(error)) from error
    pem = public_pem(public).decode()
    if as_json:
        echo_json({"file": str(path), "fingerprint": fingerprint(public), "public_key": pem, "made": is_new})
        return
    click.echo(pem, nl=False)
    session.note(f"fingerprint {fingerprint(public)}")
