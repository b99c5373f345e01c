"""Serves the corpus as the UN's XML repository would be seen through a mirror, on loopback, and the pages that announce
mission reports (`missions_site`).

    python -m tests.servers.corpus_server CORPUS    the English resolutions; prints its port, serves until it is ended
    python -m tests.servers.corpus_server CORPUS --all   all six languages, the statements and the yearly metadata too

The tree call lists every file at its real path with its real blob id; files carry ETags and answer 304.
"""

import hashlib
import io
import json
import sys
import tarfile
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from tests.site.missions_site import Answers, mission_answers

TREE = "/api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1"
FOLDERS = {  # of the repository and of the corpus
    "Arabic": "unxml-resolutions-ar",
    "Chinese": "unxml-resolutions-zh",
    "French": "unxml-resolutions-fr",
    "Russian": "unxml-resolutions-ru",
    "Spanish": "unxml-resolutions-es",
    "PRST": "unxml-prst-en",
    "data_extract": "unxml-data-extract",
}
ARCHIVE = "/api.github.com/repos/UNxml/SCresolutions/tarball/main"
PLACE_OF_ARCHIVE = "/codeload.github.com/UNxml/SCresolutions/legacy.tar.gz/refs/heads/main"
RAW = "/raw.githubusercontent.com/UNxml/SCresolutions/main/"


def blob_id(body: bytes) -> str:
    """The id that git gives a file of these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(body) + body, usedforsecurity=False).hexdigest()


def corpus_paths(corpus: Path) -> dict[str, Path]:
    """The English resolutions of the corpus by their path in the repository, in the order of its tree."""
    files = {path.name: path for path in (corpus / "unxml-resolutions-en").glob("*.xml")}
    listed = (corpus / "source-samples/unxml/SCresolutions-paths-2026-07-21.txt").read_text().splitlines()
    # A few names stand in two folders of the repository: the corpus has one file of each name.
    homes = {
        name: path
        for path in listed
        if (name := path.rsplit("/", 1)[-1]) in files and ("/English/" in path or path.startswith("Pre-2020/"))
    }
    wanted = {path: files[name] for name, path in homes.items()}
    if len(wanted) != len(files):
        raise SystemExit(f"expected a path for each of {len(files)} files, found {len(wanted)}")
    return wanted


def other_paths(corpus: Path) -> dict[str, Path]:
    """The other texts and the metadata of the corpus by their path in the repository."""
    found = {}
    for path in (corpus / "source-samples/unxml/SCresolutions-paths-2026-07-21.txt").read_text().splitlines():
        folder, name = next((part for part in FOLDERS if f"/{part}/" in f"/{path}"), ""), path.rsplit("/", 1)[-1]
        if folder and (file := corpus / FOLDERS[folder] / name).exists():
            found[path] = file
    return found


def archive_of(bodies: dict[str, bytes]) -> bytes:
    """The files of a repository by their path, as the archive that GitHub makes of it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6, pax_headers={"comment": "6c4072a"}) as archive:
        for path, body in sorted(bodies.items()):
            entry = tarfile.TarInfo(f"UNxml-SCresolutions-6c4072a/{path}")
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
    return packed.getvalue()


def answers(corpus: Path, *, is_whole: bool = False) -> Answers:
    """Everything on the site by its request path; reports of the Secretary-General stand in for mission reports."""
    reports = (corpus / "un-2025-secretary-general-reports-pdf").glob("*.en.pdf")
    site = mission_answers({path.name.split(".")[0].replace("_", "/"): path.read_bytes() for path in sorted(reports)})
    paths = {**corpus_paths(corpus), **(other_paths(corpus) if is_whole else {})}
    files = {path: file.read_bytes() for path, file in paths.items()}
    site.bodies.update({RAW + path: body for path, body in files.items()})
    site.bodies[TREE] = tree_of(files)
    return site


def tree_of(files: dict[str, bytes]) -> bytes:
    """The listing of a repository with these files."""
    tree = [
        {"path": path, "mode": "100644", "type": "blob", "sha": blob_id(body), "size": len(body)}
        for path, body in files.items()
    ]
    return json.dumps({"sha": "0" * 40, "tree": tree, "truncated": False}).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers from the site; anything else is a 404."""

    protocol_version = "HTTP/1.1"

    def __init__(self, site: Answers, *arguments: object) -> None:
        self.site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer one request, by 304 where the ETag is known."""
        path = unquote(self.path)
        body, location = self.site.bodies.get(path), self.site.redirects.get(path)
        etag = f'"{blob_id(body)}"' if body else None
        if location is not None:
            status, body = 302, b""
        elif body is None:
            status, body = 404, b""
        elif self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        else:
            status = 200
        kind = "application/pdf" if path.endswith(".pdf") else "text/plain; charset=utf-8"  # as GitHub serves its files
        kind = "application/json" if self.path == TREE else kind
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        head += f"Location: {location}\r\n" if location else ""
        self.wfile.write(f"{head}{f'ETag: {etag}' if etag else 'X: y'}\r\n\r\n".encode() + body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve the corpus named on the command line."""
    bodies = answers(Path(sys.argv[1]), is_whole="--all" in sys.argv)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, bodies))
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
