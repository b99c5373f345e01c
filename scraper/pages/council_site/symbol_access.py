"""The documents service's two steps (pure): the address that looks a symbol up, and the address its answer means.

The answer to the look-up is a redirect that is not to be followed as it stands: its path is in upper case, and the
service answers that with its application page, or with nothing. In lower case it answers with the document.
"""

from urllib.parse import quote, urljoin, urlsplit

from scraper.errors import FalseAnswer, SourceError

#: The service's languages. It answers any other code with English, silently.
LANGUAGES = frozenset({"ar", "en", "es", "fr", "ru", "zh"})


def look_up_address(template: str, symbol: str, language: str, *, is_encoded: bool = False) -> str:
    """The address that looks a symbol up, as the service's own viewer writes it, or with its slashes encoded.

    >>> look_up_address("https://documents.un.org/api/symbol/access?s={symbol}&l={language}", "S/RES/1 (1946)", "en")
    'https://documents.un.org/api/symbol/access?s=S/RES/1(1946)&l=en'
    """
    if language not in LANGUAGES:
        raise ValueError(f"expected one of {sorted(LANGUAGES)}, found {language!r} for {symbol}")
    bare = symbol.replace(" ", "")
    return template.format(symbol=quote(bare, safe="()" if is_encoded else "/()"), language=language)


def document_address(location: str, asked: str) -> str:
    """The address of the document that a look-up's `Location` means: on the same host, in lower case.

    >>> document_address("/doc/UNDOC/GEN/N24/080/81/PDF/N2408081.PDF", "https://documents.un.org/api/symbol/access")
    'https://documents.un.org/doc/undoc/gen/n24/080/81/pdf/n2408081.pdf'
    """
    host = urlsplit(asked).netloc
    target = urlsplit(urljoin(asked, location))
    if target.netloc.removesuffix(":443") != host or target.scheme != "https":
        raise FalseAnswer("foreign-redirect", f"expected a document on {host}, found {location!r} at {asked}")
    if target.path.rstrip("/").lower() == "/error":
        raise SourceError("refused", f"expected a document, found the error page at {asked}")
    if not target.path.lower().startswith("/doc/"):
        raise FalseAnswer("foreign-redirect", f"expected a path below /doc/, found {location!r} at {asked}")
    return f"https://{host}{target.path.lower()}"
