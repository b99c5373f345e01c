"""What was read, as facts (pure): of the yearly metadata, of a document's own text, of the rows of a listing.

Which bodies hold facts of many documents, and no document, is said here too.
"""

import re

from scraper.facts.of_metadata import facts_of_metadata
from scraper.facts.told import FactReading

#: https://raw.githubusercontent.com/UNxml/SCresolutions/main/data_extract/2026.json
_METADATA = re.compile(r"/UNxml/SCresolutions/[^/]+/data_extract/\d{4}\.json")
#: The UN library: https://digitallibrary.un.org/oai2d?verb=..., .../dev/render_meeting/scmeetings_2026/EN, and before
#: 2000 https://research.un.org/en/docs/sc/quick/meetings/1999
_LIBRARY = re.compile(
    r"https://digitallibrary\.un\.org/oai2d\?|\.amazonaws\.com/dev/render_meeting|//research\.un\.org/en/docs/sc/quick/meetings/"
)


def is_metadata(url: str) -> bool:
    """Whether an address holds facts of many documents instead of one document."""
    return _METADATA.search(url) is not None or _LIBRARY.search(url) is not None


def read_metadata_body(body: bytes, url: str) -> FactReading:
    """The facts in a body of which `is_metadata` holds. Raises Unreadable."""
    from scraper.pages.unxml.metadata import parse_metadata
    from scraper.situations.placing import place_by_facts

    if _LIBRARY.search(url):
        from scraper.facts.of_library import read_library_body

        return read_library_body(body, url)
    metadata = parse_metadata(body, url)
    by_symbol = {data.symbol: facts_of_metadata(data) for data in metadata.resolutions}
    return FactReading(
        facts=tuple(fact for facts in by_symbol.values() for fact in facts),
        placements=tuple(place_by_facts(symbol, facts) for symbol, facts in by_symbol.items()),
        warnings=metadata.warnings,
    )
