"""When an address is asked without conditions, though what stands there is held (pure).

"Not modified" is an answer of whoever stands between: a cache may give it for ever. So it is believed a few times in a
row, then the body itself is asked for; of a listing at least once a day.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.records import Resource

#: So often in a row "not modified" is believed, of a listing and of a document.
LISTING_ECHOES = 3
DOCUMENT_ECHOES = 2
LISTING_LONGEST = timedelta(days=1)


def is_conditional(resource: Resource, now: datetime) -> bool:
    """Whether an address that is held may be asked with conditions now; a listing's resource bears no symbol.

    >>> from datetime import UTC
    >>> from storage.records import ResourceState
    >>> page = Resource("unxml", "https://example.org/tree", None, None, ResourceState.HELD)
    >>> is_conditional(page, datetime(2026, 3, 1, tzinfo=UTC))  # nobody knows when it last came
    False
    """
    if resource.symbol is not None:
        return resource.echoed < DOCUMENT_ECHOES
    if resource.whole_at is None:
        return False
    return resource.echoed < LISTING_ECHOES and now - resource.whole_at < LISTING_LONGEST


def came_whole(resource: Resource, now: datetime) -> Resource:
    """The resource after its body came."""
    return replace(resource, looked_at=now, whole_at=now, echoed=0)


def was_echoed(resource: Resource, now: datetime) -> Resource:
    """The resource after an answer that it is not modified."""
    return replace(resource, looked_at=now, echoed=resource.echoed + 1)
