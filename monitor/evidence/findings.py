"""What the doctor looks at of the proof: whether the chain of snapshots is unbroken, and holds what was stamped."""

import sqlite3
from collections.abc import Iterator

from monitor.app.checking.health import Finding, Health
from monitor.settings.config import Config


def proof_findings(db: sqlite3.Connection, config: Config) -> Iterator[Finding]:
    """The chain, and its time stamps where there are any."""
    yield judge_chain(db)
    yield from judge_stamps(db, config)


def judge_chain(db: sqlite3.Connection) -> Finding:
    """Whether a snapshot's row was changed, taken out or put in since it was written."""
    from storage.fetched.snapshot_chain import chain_faults, chain_head

    faults = chain_faults(db)
    if faults:
        first, count = faults[0], "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        advice = "compare with a backup: what is fetched is never changed by wpswatch"
        return Finding("chain", Health.FAIL, f"{count}: snapshot {first.snapshot} {first.found}", advice)
    head = chain_head(db)
    return Finding("chain", Health.OK, f"unbroken, its head is {head.hash}" if head else "nothing was fetched yet")


def judge_stamps(db: sqlite3.Connection, config: Config) -> Iterator[Finding]:
    """Whether the chain still holds each head that a time-stamping server has stamped: a cut end shows here."""
    from monitor.evidence.sealed_zip import WrongFile
    from monitor.evidence.stamps import NoStamp, load_roots, read_stamp
    from storage.fetched.chain_stamps import list_stamps
    from storage.fetched.snapshot_chain import is_in_chain

    stamps = list_stamps(db)
    if not stamps:
        return
    newest = stamps[-1]
    gone = next((stamp for stamp in stamps if not is_in_chain(db, stamp.head)), None)
    if gone is not None:
        found = f"the chain does not hold the head that was stamped at {gone.stamped_at:%Y-%m-%d %H:%M} UTC"
        advice = "its end was cut off or changed: compare with a backup"
        yield Finding("stamps", Health.FAIL, found, advice)
        return
    words = f"{len(stamps)}, the last of {newest.stamped_at:%Y-%m-%d %H:%M} UTC by {newest.server}"
    try:
        read = read_stamp(newest.answer, load_roots(config.evidence.timestamp_ca_file))
    except (NoStamp, WrongFile) as error:
        yield Finding("stamps", Health.WARN, f"{words}; {error}")
        return
    if read.fault or read.head != newest.head:
        yield Finding("stamps", Health.FAIL, f"{words}: {read.fault or 'it is about another head'}", "see [evidence]")
    elif not read.is_checked:
        advice = "name the server's root certificates: [evidence] timestamp_ca_file"
        yield Finding("stamps", Health.OK, f"{words}, not checked who signed it", advice)
    else:
        yield Finding("stamps", Health.OK, words)
