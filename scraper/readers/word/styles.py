"""What the styles of a Word file say of a paragraph or run: looked up along the chain of styles they are based on."""

from collections.abc import Iterator

from lxml import etree

from scraper.readers.word.package import W

_VAL = W + "val"
_P_PR, _R_PR = W + "pPr", W + "rPr"
_LONGEST_CHAIN = 20  # styles based on styles: Word allows eleven
_OFF = frozenset({"0", "false", "off"})


class Styles:
    """The styles of one file; a file without any has Word's defaults."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._run_defaults: etree._Element | None = None
        if root is None:
            return
        self._run_defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{_R_PR}")
        for style in root.iter(W + "style"):
            name = style.get(W + "styleId", "")
            self._styles[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = name

    def paragraph_settings(self, settings: etree._Element | None, name: str) -> Iterator[etree._Element]:
        """The elements called `name` that hold for a paragraph, its own first, then those of its style and so on."""
        if settings is not None and (own := settings.find(W + name)) is not None:
            yield own
        for style in self._chain(self.style_of(settings)):
            if (found := style.find(f"{_P_PR}/{W}{name}")) is not None:
                yield found

    def run_setting(self, run: etree._Element, settings: etree._Element | None, name: str) -> etree._Element | None:
        """The element that holds for a run: its own, that of its style, or of its paragraph's style, or the default."""
        own = run.find(_R_PR)
        if own is not None:
            if (found := own.find(W + name)) is not None:
                return found
            named = own.find(W + "rStyle")
            for style in self._chain(None if named is None else named.get(_VAL)):
                if (found := style.find(f"{_R_PR}/{W}{name}")) is not None:
                    return found
        for style in self._chain(self.style_of(settings)):
            if (found := style.find(f"{_R_PR}/{W}{name}")) is not None:
                return found
        return None if self._run_defaults is None else self._run_defaults.find(W + name)

    def style_of(self, settings: etree._Element | None) -> str | None:
        """The name of a paragraph's style, None when the file defines none."""
        named = None if settings is None else settings.find(W + "pStyle")
        return self._default if named is None else named.get(_VAL)

    def list_of(self, style: str) -> str | None:
        """The list that a list style stands for."""
        found = self._styles.get(style)
        number = None if found is None else found.find(f"{_P_PR}/{W}numPr/{W}numId")
        return None if number is None else number.get(_VAL)

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        for _ in range(_LONGEST_CHAIN):
            style = None if name is None else self._styles.get(name)
            if style is None:
                return
            yield style
            based_on = style.find(W + "basedOn")
            name = None if based_on is None else based_on.get(_VAL)


def is_on(setting: etree._Element | None) -> bool:
    """Whether a switch such as bold is on: present, and not switched off by its value."""
    return setting is not None and setting.get(_VAL) not in _OFF


def number_in(element: etree._Element | None, name: str = "val") -> int | None:
    """A whole number in an attribute, None when there is none; Word writes some as "12.5"."""
    text = None if element is None else element.get(W + name)
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None
