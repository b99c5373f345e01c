"""The keys and the chain of this installation, by which a file of evidence is judged."""

from contextlib import closing
from pathlib import Path

from monitor.app.installation import Installation
from monitor.evidence.key import KEY_NAME, fingerprint, load_key, read_public
from monitor.evidence.stamps import load_roots
from monitor.evidence.verify import KnownHere, Opened, head_of
from storage.fetched.snapshot_chain import is_in_chain


def known_here(installation: Installation, opened: Opened, key_file: str | None, ca_file: str | None) -> KnownHere:
    """The keys that can be had here, and whether the head of a file's chain stands in the chain here.

    `key_file` is the public key that a person names, `ca_file` the root certificates of who stamps the time; without
    it those of the settings hold.
    """
    keys = {}
    named = None
    if (installation.data_dir / KEY_NAME).exists():
        keys[fingerprint(load_key(installation.data_dir).public_key())] = "this installation's"
    if key_file is not None:
        named = fingerprint(read_public(Path(key_file).expanduser().read_bytes()))
        keys.setdefault(named, "the key you named")
    roots = load_roots(ca_file or installation.load_config().evidence.timestamp_ca_file)
    head = head_of(opened)
    db = installation.open_if_any()
    if db is None:
        return KnownHere(keys, None, named, roots)
    with closing(db):
        return KnownHere(keys, head is not None and is_in_chain(db, head), named, roots)
