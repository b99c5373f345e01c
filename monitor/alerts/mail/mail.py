"""Makes the mail that tells an alert to one recipient: its headers, the text and the page. Pure; sends nothing.

Nothing that a source printed can end a header line: all of it goes through `harmless`. The Message-ID is made from
the alert and the recipient, so that a copy sent after a crash is known as one.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256
from re import compile as compile_pattern
from typing import Any, Final
from urllib.parse import quote

from monitor.alerts.news.headline import HEADLINES, headline, place_of
from monitor.alerts.news.payload import DigestNews, ExtractNews, News, SourceNews, news_of
from monitor.alerts.words.chosen.room import ROOMS
from monitor.alerts.words.message import render_text
from monitor.alerts.words.message_html import render_html
from monitor.alerts.words.onward import Onward
from monitor.alerts.words.subscription import Subscription
from monitor.text.harmless import harmless
from monitor.text.mail_address import MailAddress
from storage.records import Alert, Event

RECIPIENT: Final = "{recipient}"
"""What stands in an `unsubscribe` address for the recipient's own address."""

LARGEST_MAIL: Final = 100_000
_LONGEST_SUBJECT: Final = 160
_LINE: Final = 78  # characters of a line (RFC 5322, 2.1.1)
_PLACES: Final = 3  # so many are named in the subject of a digest
# Ids and addresses in ASCII: encoded, as Python folds what is too long for a line, no program would know them.
_UNFOLDED: Final = frozenset({"message-id", "in-reply-to", "references", "list-id", "list-unsubscribe"})
_LANGUAGE = compile_pattern(r"[a-z]{2}")  # "fr"
_NO_WORD = compile_pattern(r"[^a-z0-9]+")


class _MailPolicy(EmailPolicy):
    """Lines end as SMTP wants them, and ids stay on one line: at most 998 characters (RFC 5322, 2.1.1)."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as bytes."""
        if name.lower() in _UNFOLDED:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        folded = super().fold_binary(name, value)
        start, empty, rest = folded.partition(b":\r\n ")
        if not empty or start != name.encode("ascii", "replace"):
            return folded
        # Python leaves the first line empty where a value fits on the second; some programs then show a blank first.
        line, ending, more = rest.partition(b"\r\n")
        at = line.rfind(b" ", 0, _LINE - len(start) - 2)
        begun = line if at <= 0 else line[:at] + b"\r\n" + line[at:]
        return start + b": " + begun + ending + more


_POLICY: Final = _MailPolicy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all mails of a channel have in common.

    `subscription.stop` is where to get no more, `mailto:...` or `https://...`; with `{recipient}` in the latter a mail
    program may do it with one click (RFC 8058). `onward` is where a reader goes on.
    """

    sender: MailAddress
    subscription: Subscription
    onward: Onward = field(default_factory=Onward)


def make_mail(alert: Alert, letterhead: Letterhead, recipient: MailAddress, now: datetime) -> EmailMessage:
    """The mail: text for terminals, a page for phones, and the headers that let programs sort, thread and stop it.

    It stays below 100 kB, at which mail programs cut: as much is shown as fits, and what is left out is said.
    """
    subscription = _subscription_of(letterhead, recipient)
    for room in ROOMS:
        text = render_text(alert, subscription, room, letterhead.onward)
        if 2 * len(text) > LARGEST_MAIL and room != ROOMS[-1]:
            continue  # the page says the same with more signs
        page = render_html(alert, subscription, room, letterhead.onward)
        mail = _mail(alert, letterhead, recipient, now, (text, page))
        if len(mail.as_bytes()) < LARGEST_MAIL:
            break
    return mail


def _mail(
    alert: Alert, letterhead: Letterhead, recipient: MailAddress, now: datetime, forms: tuple[str, str]
) -> EmailMessage:
    news = news_of(alert.payload)
    subscription = _subscription_of(letterhead, recipient)
    stop = subscription.stop
    domain = letterhead.sender.domain
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _header_address(letterhead.sender)
    mail["To"] = _header_address(recipient)
    mail["Subject"] = subject_line(news)
    mail["Date"] = now
    mail["Message-ID"] = f"<{_word(alert.id)}.{_short_hash(recipient.address)}@{domain}>"
    if subject := _thread_of(news):
        # RFC 5322, 3.6.4: an answer to a message that nobody has; mail programs thread by it all the same
        mail["In-Reply-To"] = mail["References"] = f"<wps-thread-{_short_hash(subject)}@{domain}>"
    mail["List-Id"] = f"<{_word(subscription.channel)}.wpswatch.{domain}>"
    mail["List-Unsubscribe"] = f"<{stop}>"
    if stop.startswith("https:") and stop != letterhead.subscription.stop:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer by a machine is wanted
    mail["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    mail["X-WPSWatch-Alert"] = harmless(alert.id)
    mail["X-WPSWatch-Event"] = alert.event.value
    # Quoted-printable: lines under 78 characters and plain ASCII, whatever a text holds and a server can take.
    text, page = forms
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(page, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = ", ".join(_languages(news))  # last: new content takes such headers away
    mail.set_boundary(f"=_{_short_hash(alert.id)}")  # "=_" never stands in quoted-printable text
    return mail


def _subscription_of(letterhead: Letterhead, recipient: MailAddress) -> Subscription:
    """The subscription with the recipient's own address to stop at."""
    stop = letterhead.subscription.stop.replace(RECIPIENT, quote(recipient.address, safe=""))
    return replace(letterhead.subscription, stop=stop)


def subject_line(news: News) -> str:
    """The subject: its headline, shortened, marked where it is a test; of a digest whose words it gathers."""
    if isinstance(news, SourceNews):
        words = f"{news.source}: {_lower(HEADLINES[news.event])}"
    elif isinstance(news, DigestNews):
        words = _digest_subject(news)
    else:
        is_test = news.event is Event.TEST
        words = f"[TEST] {news.symbol}: nothing happened, this is a test" if is_test else headline(news)
    words = harmless(words)
    return words if len(words) <= _LONGEST_SUBJECT else f"{words[: _LONGEST_SUBJECT - 1]}…"


def _digest_subject(news: DigestNews) -> str:
    """Where the documents of a digest belong, else their symbols, else the sources: "South Sudan and 2 more: ..."."""
    documents = [item.news for item in news.items if isinstance(item.news, ExtractNews)]
    places = dict.fromkeys(place_of(one).removesuffix(": ") or one.symbol for one in documents)
    sources = dict.fromkeys(item.news.source for item in news.items if isinstance(item.news, SourceNews))
    names = list(places or sources) or ["wpswatch"]
    told = f"{', '.join(names[:_PLACES])} and {len(names) - _PLACES} more" if len(names) > _PLACES else ", ".join(names)
    count = len(news.items) + news.left_out
    is_reminder = documents and all(one.due is not None for one in documents) and not news.left_out
    what = "reminder" if is_reminder else "alert"
    return f"{told}: a digest of {count} {what if count == 1 else f'{what}s'}"


def _thread_of(news: News) -> str | None:
    """What a mail is about, for threading: a document, or a source; a digest begins a thread of its own."""
    if isinstance(news, DigestNews):
        return None
    return f"source {news.source}" if isinstance(news, SourceNews) else f"document {news.symbol}"


def _languages(news: News) -> list[str]:
    """The languages of a mail: English, which it is written in, and those of the texts it quotes."""
    quoted = (item.news for item in news.items) if isinstance(news, DigestNews) else (news,)
    languages = [one.language for one in quoted if isinstance(one, ExtractNews) and _LANGUAGE.fullmatch(one.language)]
    return list(dict.fromkeys(["en", *languages]))


def _header_address(address: MailAddress) -> Address:
    return Address(display_name=harmless(address.name), username=address.local, domain=address.domain)


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _word(text: str) -> str:
    """The text as one word of a header: lower-case letters, digits and hyphens."""
    return _NO_WORD.sub("-", text.lower()).strip("-") or "channel"


def _short_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
