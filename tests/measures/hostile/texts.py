"""Writes XML and text files that are made to hurt, each around a small resolution in the UN's form."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.measures.hostile.bombs import MEGABYTE

SYMBOL = "S/RES/2779 (2025)"
NAMESPACE = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:svg="http://www.w3.org/2000/svg"'
BODY = """<akomaNtoso {namespace}><statement name="resolution">
<meta><identification source="#DGACM"><FRBRWork><FRBRdate date="2025-05-08" name="adoption"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<coverPage><p><docNumber refersTo="#symbol">{symbol}</docNumber></p>
<p><docTitle refersTo="#resolutionNumber">Resolution {number}</docTitle></p></coverPage>
<preamble><formula name="enactingFormula"><p>The Security Council,</p></formula>
<container name="Recalling"><p>Recalling its previous resolutions,</p></container></preamble>
<mainBody><paragraph><num>1.</num><content><p>Decides to extend the mandate;</p></content></paragraph>
{before}<paragraph><num>2.</num><content><p{attribute}>Stresses the part of women{words};</p></content></paragraph>
{paragraphs}</mainBody></statement></akomaNtoso>"""
#: The file whose words no reader may bring into a document.
OUTSIDE = "/etc/hostname"
DOCTYPE = '<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file://{}">]>'
XXE = DOCTYPE.format(OUTSIDE)
LAUGHS = (
    "<!DOCTYPE akomaNtoso [<!ENTITY a 'women and peace '>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
    + "]>"
)


def resolution(
    words: str = "",
    *,
    head: str = "",
    symbol: str = SYMBOL,
    attribute: str = "",
    paragraphs: str = "",
    before: str = "",
    namespace: str = NAMESPACE,
) -> str:
    """The resolution with more words in its second paragraph, and what else is to stand where."""
    number = symbol.removeprefix("S/RES/")
    filled = BODY.format(
        words=words,
        symbol=symbol,
        number=number,
        attribute=attribute,
        paragraphs=paragraphs,
        before=before,
        namespace=namespace,
    )
    return head + filled


def _nested(depth: int) -> str:
    return "<list>" * depth + "<point><content><p>women</p></content></point>" + "</list>" * depth


def _paragraphs(count: int) -> str:
    one = "<paragraph><num>{}.</num><content><p>Calls for peace;</p></content></paragraph>"
    return "".join(one.format(number) for number in range(3, 3 + count))


def _raw(before: str, instead: bytes, **of_text: str) -> bytes:
    return resolution(before, **of_text).encode().replace(before.encode(), instead)


def _utf7(text: str) -> bytes:
    return b"<?xml version='1.0' encoding='UTF-7'?>" + text.encode("utf-7")


MANY_ATTRIBUTES = "".join(f' a{number}="x"' for number in range(100_000))
_INCLUDED = (
    f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{OUTSIDE}" parse="text"/>'
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="https://mirror.example.org/x.xml"/>'
)
XMLS: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "ok": lambda: resolution().encode(),
        "empty": lambda: b"",
        "rootonly": lambda: f"<akomaNtoso {NAMESPACE}/>".encode(),
        "html": lambda: b"<!DOCTYPE html><html><body><p>S/RES/2779 (2025)</p></body></html>",
        "nosymbol": lambda: resolution(symbol="").encode(),
        "othersymbol": lambda: resolution(symbol="S/RES/2777 (2025)").encode(),
        "cites": lambda: resolution(", recalling S/RES/1325 (2000) and S/PRST/2004/40", symbol="").encode(),
        "truncated": lambda: resolution().encode()[:900],
        "truncated-tail": lambda: resolution().encode()[:-30],
        "amps": lambda: resolution(" & peace && security &").encode(),
        "badutf8": lambda: _raw(" QQ", b" \xff\xfe\xc3("),
        "nul": lambda: _raw(" QQ", b" \x00\x00"),
        "ctrl": lambda: _raw(" QQ", bytes(range(1, 32))),
        "c1": lambda: resolution("\x85\x9b31m\x9d0;x\x9c").encode(),
        "charref-esc": lambda: resolution(" &#x9b;31m&#x202e;&#x2066; &#27;[2J").encode(),
        "surrogate": lambda: resolution(" &#xD800;").encode(),
        "rtl": lambda: resolution(" \u202eton era\u202c \u2067women\u2069").encode(),
        "digits": lambda: resolution(" " + "1" * 200_000).encode(),
        "longword": lambda: resolution(" " + "w" * 1_000_000).encode(),
        "spaces": lambda: resolution(" " * 1_000_000 + "x").encode(),
        "parens": lambda: resolution(" (" * 20_000 + ")" * 20_000).encode(),
        "commas-and": lambda: resolution(", women and girls and" * 20_000).encode(),
        "hugetext": lambda: resolution(" women and peace" * MEGABYTE).encode(),
        "hugetext9M": lambda: resolution(" women and peace" * (9 * MEGABYTE // 16)).encode(),
        "hugeattr": lambda: resolution(attribute=f' class="{"x" * 16 * MEGABYTE}"').encode(),
        "attr9M": lambda: resolution(attribute=f' class="{"x" * 9 * MEGABYTE}"').encode(),
        "manyattr": lambda: resolution(attribute=MANY_ATTRIBUTES).encode(),
        "manyparas": lambda: resolution(paragraphs=_paragraphs(5000)).encode(),
        "manyparas100k": lambda: resolution(paragraphs=_paragraphs(100_000)).encode(),
        "deep": lambda: resolution(paragraphs="<b>" * 200_000 + "</b>" * 200_000).encode(),
        "deep250": lambda: resolution(paragraphs="<b>" * 235 + "women" + "</b>" * 235).encode(),
        "nestedlist": lambda: resolution(paragraphs=_nested(100)).encode(),
        "stylesheet-pi": lambda: resolution(head=f'<?xml-stylesheet href="file://{OUTSIDE}"?>').encode(),
        "svgns": lambda: resolution(before="<svg:svg onload='alert(1)'><svg:text>women</svg:text></svg:svg>").encode(),
        "dtd": lambda: resolution(head="<!DOCTYPE akomaNtoso SYSTEM 'https://mirror.example.org/x.dtd'>").encode(),
        "bomb": lambda: resolution("&k;", head=LAUGHS).encode(),
        "xxe": lambda: resolution("&x;", head=XXE).encode(),
        "xxe-utf16": lambda: resolution("&x;", head=XXE).encode("utf-16"),
        "xxe-utf16le-nobom": lambda: resolution("&x;", head=f"<?xml version='1.0'?>{XXE}").encode("utf-16-le"),
        "xxe-utf32": lambda: resolution("&x;", head=XXE).encode("utf-32"),
        "xxe-utf7": lambda: _utf7(resolution("&x;", head=XXE)),
        "xxe-ebcdic": lambda: resolution("&x;", head=f"<?xml version='1.0' encoding='cp037'?>{XXE}").encode("cp037"),
        "xinclude": lambda: resolution(before=_INCLUDED).encode(),
    }
)
"""Every XML file by name, made when it is asked for."""

TEXTS: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "big.txt": lambda: ("1. Decides that women take part;\n" * 2 * MEGABYTE).encode(),
        "nl.txt": lambda: b"\n" * 5 * MEGABYTE,
        "oneline.txt": lambda: b"women and peace " * 1_000_000,
        "zeros.bin": lambda: bytes(5 * MEGABYTE),
        "file": lambda: b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40,
    }
)
"""Every text file, and what is no document, by the file's name."""
