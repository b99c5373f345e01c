"""Where a person reads a document: the link that every record, page and alert gives. Pure."""


def document_url(symbol: str, language: str) -> str:
    """Where the UN shows the document: `https://docs.un.org/en/S/RES/2387(2017)`."""
    return f"https://docs.un.org/{language}/{symbol.replace(' ', '')}"
