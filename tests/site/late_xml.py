"""The demonstration's site a day later: the XML of a resolution follows, of which it had only the PDF."""

from dataclasses import replace
from datetime import timedelta

from monitor.demo.catalogue import xml_body
from monitor.demo.site import DemoSite, RepositoryFile


def with_xml(site: DemoSite, symbol: str) -> DemoSite:
    """The site with the XML of a published resolution: the same words once more. Raises ValueError."""
    document = site.catalogue.document(symbol)
    if document not in site.documents or document.xml is None or document.xml in site.files:
        raise ValueError(f"expected a published resolution whose XML is still to come, found {symbol}")
    tomorrow = site.today + timedelta(days=1)
    late = RepositoryFile(xml_body(document.xml), tomorrow)
    return replace(site, today=tomorrow, files={**site.files, document.xml: late})
