"""A real mail server for each test, a channel to it, and a certificate of its own."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.alerts.mail.channel import EmailChannel
from monitor.alerts.mail.smtp import MailServer
from monitor.text.mail_address import read_address
from tests.servers.mail_post import NOW, TIMEOUT, Post, PostOffice, make_letterhead

Run = Callable[..., MailServer]


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def serve(post: Post) -> Iterator[Run]:
    """Starts the mail server, with aiosmtpd's options; returns it as the settings would describe it."""
    running: list[PostOffice] = []

    def start(
        security: str = "none",
        *,
        username: str = "",
        ca_file: str = "",
        whole_tls: ssl.SSLContext | None = None,
        **options: Any,
    ) -> MailServer:
        office = PostOffice(post, whole_tls, **options)
        running.append(office)
        return MailServer("localhost", office.port, security, username, ca_file=ca_file, timeout_seconds=TIMEOUT)

    yield start
    for office in running:
        office.close()


@pytest.fixture
def channel(serve: Run) -> Callable[..., EmailChannel]:
    """A channel to a mail server in clear, or to the one given."""

    def make(*recipients: str, server: MailServer | None = None) -> EmailChannel:
        addresses = map(read_address, recipients or ("desk@example.org",))
        return EmailChannel("desk", server or serve(), make_letterhead(), addresses, lambda: NOW)

    return make


@dataclass(frozen=True)
class Certificate:
    """A certificate for `localhost` that is its own authority."""

    path: Path
    context: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return Certificate(path, context)
