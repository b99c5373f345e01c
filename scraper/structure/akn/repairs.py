"""Mends the tags of Akoma Ntoso files that are not well-formed, without touching a word of their text.

Some 120 of the UN's presidential statements hold end tags that nothing opened and paragraphs that nothing closes: an
XML parser that recovers by its own rules drops whole paragraphs of them.
"""

import re

# a comment, an end tag, a start tag, an empty tag; attribute values may hold ">"
_TAG = re.compile(
    rb"<!--.*?-->|<\?.*?\?>|</([\w:.-]+)\s*>|<([\w:.-]+)((?:\"[^\"]*\"|'[^']*'|[^\"'>])*?)(/?)>", re.DOTALL
)
# a title whose start tags are gone, a paragraph opened in their place:
# <paragraph class="H1"><span>Statement by the President of the Security Council</span></docTitle></p>
_TITLE = re.compile(rb"<paragraph\b[^>]*>((?:\s*<span\b[^>]*>[^<]*</span>)+\s*)</docTitle>\s*</p>")
# these never hold one of themselves: an open one ends where the next begins
_NEVER_NESTED = frozenset({b"paragraph", b"alinea", b"p"})
# these end whatever is still open in them
_CONTAINERS = frozenset(
    {
        b"mainBody",
        b"preamble",
        b"statement",
        b"coverPage",
        b"meta",
        b"doc",
        b"attachment",
        b"attachments",
        b"akomaNtoso",
    }
)


def mend_tags(body: bytes) -> bytes:
    """Drop end tags that nothing opened and close what was left open, so that the tags nest.

    >>> mend_tags(b"<mainBody><paragraph>One</alinea><paragraph>Two</paragraph></mainBody>")
    b'<mainBody><paragraph>One</paragraph><paragraph>Two</paragraph></mainBody>'
    """
    body = _TITLE.sub(rb"<p><docTitle>\1</docTitle></p>", body)
    pieces: list[bytes] = []
    still_open: list[bytes] = []
    position = 0
    for found in _TAG.finditer(body):
        pieces.append(body[position : found.start()])
        position = found.end()
        end, start, _, is_empty = found.groups()
        if start:
            if start in _NEVER_NESTED and not is_empty:
                _close_sibling(start, still_open, pieces)
            pieces.append(found[0])
            if not is_empty:
                still_open.append(start)
        elif end is None:
            pieces.append(found[0])
        elif _is_closable(end, still_open):
            _close_down_to(end, still_open, pieces)
    pieces.append(body[position:])
    pieces += [b"</" + name + b">" for name in reversed(still_open)]
    return b"".join(pieces)


def _is_closable(name: bytes, still_open: list[bytes]) -> bool:
    """Whether an end tag belongs to something open within the innermost container, or to a container."""
    for above in reversed(still_open):
        if above == name:
            return True
        if above in _CONTAINERS and name not in _CONTAINERS:
            return False
    return False


def _close_down_to(name: bytes, still_open: list[bytes], pieces: list[bytes]) -> None:
    while still_open:
        last = still_open.pop()
        pieces.append(b"</" + last + b">")
        if last == name:
            return


def _close_sibling(name: bytes, still_open: list[bytes], pieces: list[bytes]) -> None:
    """Close an element of the same name that is still open in the same container, with all that is open in it."""
    for above in reversed(still_open):
        if above == name:
            _close_down_to(name, still_open, pieces)
            return
        if above in _CONTAINERS or above in (b"td", b"th", b"authorialNote", b"quotedStructure"):
            return
