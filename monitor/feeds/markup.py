"""Writes an entry's words as HTML and as plain text, for every kind of feed. Pure."""

from html import escape

from monitor.feeds.entries import FeedEntry


def html_of(entry: FeedEntry) -> str:
    """The extract's paragraphs, then the document with its link; nothing in it but escaped text."""
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in entry.paragraphs)
    link = f'<a href="{escape(entry.url)}">{escape(entry.symbol)}</a>'
    return f"{paragraphs}<p>{link}{escape(_adopted(entry))}</p>"


def text_of(entry: FeedEntry) -> str:
    """The same as plain text."""
    return "\n\n".join([*entry.paragraphs, f"{entry.symbol}{_adopted(entry)}: {entry.url}"])


def _adopted(entry: FeedEntry) -> str:
    return f", adopted {entry.adopted_on.day} {entry.adopted_on:%B %Y}" if entry.adopted_on else ""
