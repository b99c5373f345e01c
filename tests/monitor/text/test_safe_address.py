"""Which addresses a webhook may go to."""

import pytest

from monitor.text.safe_address import Target, address_problem, target_of


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("0.0.0.0", "unspecified"),  # noqa: S104 - not bound to
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("100.127.255.254", "carrier-grade NAT"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("192.0.0.192", "reserved"),
        ("192.0.2.1", "documentation"),
        ("198.19.0.1", "benchmarking"),
        ("192.88.99.1", "a 6to4 relay"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "an IPv4-mapped form"),
        ("::ffff:8.8.8.8", "an IPv4-mapped form"),
        ("::ffff:0:127.0.0.1", "an IPv4-translated form"),
        ("::127.0.0.1", "an IPv4-compatible form"),
        ("64:ff9b::7f00:1", "a NAT64 form"),
        ("64:ff9b:1::7f00:1", "a NAT64 form"),
        ("2002:7f00:1::", "a 6to4 tunnel"),
        ("2001::7f00:1", "a Teredo tunnel"),
        ("2001:db8::1", "documentation"),
        ("2001:20::1", "reserved"),
        ("fd00:ec2::254", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("4000::1", "reserved"),
        ("2a00:1450:4001:80b:0:5efe:7f00:1", "an ISATAP tunnel"),
        ("nowhere", "no address"),
    ],
)
def test_an_address_that_is_not_public_is_named_for_what_it_is(address: str, kind: str) -> None:
    assert address_problem(address) == kind


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2a00:1450:4001:80b::200e", "2606:4700::1"]
)
def test_a_public_address_has_no_problem(address: str) -> None:
    assert address_problem(address) is None


@pytest.mark.parametrize(
    "host",
    [
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "hooks.example.org.",
        "256.1.1.1",
        "hooks..example.org",
        "-hooks.example.org",
        "hooks%2eexample.org",
        "[::1%25eth0]",
    ],
)
def test_an_unusual_spelling_is_refused_unless_private_addresses_are_allowed(host: str) -> None:
    with pytest.raises(ValueError, match="expected a host as everyone writes it"):
        target_of(f"https://{host}/hook", allows_private=False)
    assert target_of(f"https://{host}/hook", allows_private=True).path == "/hook"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://hooks.example.org/", "expected https://"),
        ("ftp://hooks.example.org/", "begins with https://"),
        ("https:///hook", "begins with https://"),
        ("https://desk:word@hooks.example.org/", "without a name and password"),
        ("https://hooks.example.org:99999/", "expected a port"),
        ("https://hooks.example.org:0/", "expected a port"),
        ("https://hooks.example.org/a b", "printable ASCII"),
        ("https://hooks.example.org/\r\nX: y", "printable ASCII"),
        ("https://１２７.0.0.1/", "printable ASCII"),
        ("https://müller.example/", "printable ASCII"),
        ("https://169.254.169.254/", r"expected a public address, found 169.254.169.254 \(link-local\)"),
        ("https://[::ffff:127.0.0.1]/", r"\(an IPv4-mapped form\)"),
    ],
)
def test_what_is_no_address_of_a_webhook_is_refused_in_words(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        target_of(url, allows_private=False)


def test_a_password_in_the_address_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="@") as caught:
        target_of("https://desk:opensesame@hooks.example.org/", allows_private=True)
    assert "opensesame" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "target", "header"),
    [
        ("https://Hooks.example.org", Target("https", "hooks.example.org", 443, "/"), "hooks.example.org"),
        ("https://x.org:8443/a?b=c#d", Target("https", "x.org", 8443, "/a?b=c"), "x.org:8443"),
        ("https://xn--mller-kva.example/", Target("https", "xn--mller-kva.example", 443, "/"), "xn--mller-kva.example"),
        ("https://[2606:4700::1]/", Target("https", "2606:4700::1", 443, "/"), "[2606:4700::1]"),
        ("https://9.9.9.9/", Target("https", "9.9.9.9", 443, "/"), "9.9.9.9"),
    ],
)
def test_an_address_is_taken_apart(url: str, target: Target, header: str) -> None:
    assert (target_of(url, allows_private=False), target.host_header) == (target, header)


def test_http_is_allowed_where_private_addresses_are() -> None:
    assert target_of("http://intranet:8080/hook", allows_private=True) == Target("http", "intranet", 8080, "/hook")
