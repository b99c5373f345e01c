"""What tests of webhooks share: receivers that are closed in the end, channels to them, certificates."""

import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.alerts.webhook.channel import WebhookChannel
from monitor.settings.config import ChannelSettings
from tests.servers.webhook_receiver import NOW, SECRET, Answer, Receiver


@pytest.fixture
def open_receiver() -> Iterator[Callable[..., Receiver]]:
    receivers: list[Receiver] = []

    def make(*answers: Answer, context: ssl.SSLContext | None = None) -> Receiver:
        receivers.append(Receiver(context, list(answers)))
        return receivers[-1]

    yield make
    for receiver in receivers:
        receiver.close()


@pytest.fixture
def channel_to() -> Callable[..., WebhookChannel]:
    """A channel to a receiver on loopback, named by its address unless a url is given."""

    def make(receiver: Receiver | None = None, url: str | None = None, **options: object) -> WebhookChannel:
        url = url or f"http://127.0.0.1:{receiver.port if receiver else 9}/hook"
        allows = bool(options.pop("allows_private", True))
        settings = ChannelSettings("desk", "webhook", url=url, allow_private_addresses=allows)
        environment = {"WPSWATCH_SECRET_DESK": options.pop("secret", SECRET)}
        options.setdefault("now", lambda: NOW)
        return WebhookChannel(settings, environment, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def certificate_for(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A file with a key and a self-signed certificate for a name."""
    folder = tmp_path_factory.mktemp("certificates")

    def make(name: str) -> Path:
        path = folder / f"{name}.pem"
        if not path.exists():
            subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
            key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(path)]
            command = ["openssl", "req", "-x509", "-days", "2", *key, *subject, "-out", str(path) + ".crt"]
            subprocess.run(command, check=True, capture_output=True)
            path.write_text(path.read_text() + Path(str(path) + ".crt").read_text())
        return path

    return make
