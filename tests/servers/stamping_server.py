"""A time-stamping server on loopback, made with `openssl ts`: its root certificate, and a server under it."""

import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa_cert]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[req]
distinguished_name = name
[name]
[tsa]
default_tsa = tsa_config
[tsa_config]
dir = .
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class StampingServer:
    """Where it answers, its root certificate, and how it answers: with a stamp, junk, or status 500."""

    url: str
    root: Path
    answers: str = "stamps"
    asked: int = 0


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def make_server(folder: Path) -> None:
    """Keys and certificates of a root and of a server under it."""
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    for name in ("root", "tsa"):
        openssl(folder, "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", f"{name}.key")
    common = ["-config", "tsa.cnf", "-days", "30", "-sha256"]
    openssl(folder, "req", "-x509", "-new", "-key", "root.key", "-subj", "/CN=Root of a test", "-out", "root.pem",
            "-extensions", "ca", *common)  # fmt: skip
    openssl(folder, "req", "-new", "-key", "tsa.key", "-subj", "/CN=Stamps of a test", "-out", "tsa.csr", "-config",
            "tsa.cnf")  # fmt: skip
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
            "-extfile", "tsa.cnf", "-extensions", "tsa_cert", "-days", "30", "-sha256", "-out", "tsa.pem")  # fmt: skip


@contextmanager
def stamping_server(folder: Path) -> Generator[StampingServer]:
    """A server in a folder of its own, for the block."""
    make_server(folder)
    state = StampingServer("", folder / "root.pem")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked += 1
            (folder / "query.tsq").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            if state.answers == "stamps":
                openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr")
                body = (folder / "reply.tsr").read_bytes()
            else:
                body = b"<html>Sign in</html>" if state.answers == "junk" else bytes(100_000)
            self.send_response(500 if state.answers == "fails" else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
