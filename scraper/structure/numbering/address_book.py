"""Gives the paragraphs of one document their addresses, in printed order, whichever format they were read from.

It is told what is printed (a number, a label, a bullet, nothing) and knows which paragraphs are still open. Numbers
are kept as printed; whatever is odd about their run becomes a warning, and no two paragraphs share an address.
"""

from dataclasses import replace

from scraper.council.ordinals import continues, way_of_first
from scraper.council.printed_label import is_of_parts
from scraper.structure.numbering.open_paragraphs import OpenLine, OpenParagraph
from scraper.structure.numbering.titles import Headings
from storage.models import Aside, Paragraph, ParseWarning, Part


class AddressBook:
    """The paragraphs, asides and warnings of a document while it is read; labels may belong to those in `open`."""

    def __init__(self, part: Part = Part.OPERATIVE, *, is_numbered: bool = True, is_read_ahead: bool = False) -> None:
        """`is_numbered` is False when no operative paragraph prints a number: the first is then `OP 1`.

        `is_read_ahead` says that somebody who saw the whole run of labels tells what is odd about it.
        """
        self.part = part
        self.number: str | None = None
        self.paragraphs: list[Paragraph] = []
        self.asides: list[Aside] = []
        self.warnings: list[ParseWarning] = []
        self.is_numbered = is_numbered
        self.is_read_ahead = is_read_ahead
        self.open = OpenLine()
        self._taken: set[str] = set()
        self._repairs: set[str] = set()
        self._notes: list[Aside] = []
        self._headings = Headings()
        self._attachment = "Annex"
        self.preambular = 0
        self._extras = 0
        self._last_at: dict[int, str] = {}
        self._led_on: tuple[str, str] | None = None  # the last number whose words lead on: 2.1 to 2.1.1, 2.1.2, ...

    def aside(self, kind: str, text: str) -> None:
        """Keep words that are no paragraph, at the place where the reading stands."""
        self.asides.append(Aside(kind, text, self.paragraphs[-1].address if self.paragraphs else None))

    def aside_later(self, kind: str, text: str) -> None:
        """Keep words that belong to the paragraph that is being read, such as a footnote."""
        self._notes.append(Aside(kind, text))

    def warn(self, code: str, message: str, address: str | None = None) -> None:
        """Record that one place is odd."""
        self.warnings.append(ParseWarning(code, message, address))

    def warn_of_repair(self, code: str, message: str, address: str | None = None) -> None:
        """Record that the file's own structure was not followed here; the first place of each kind stands for all."""
        if code not in self._repairs:
            self._repairs.add(code)
            self.warn(code, message, address)

    def set_heading(self, text: str) -> None:
        """Remember the heading under which the next paragraphs stand."""
        self._headings.set(text)
        self.aside("heading", text)

    def begin_body(self) -> None:
        """Leave the preamble: no label that follows belongs to it, unless its list held operative paragraphs."""
        if self.number is None:
            self.open.close()
            self._headings.clear()

    def open_annex(self, name: str) -> None:
        """Begin an annex: its numbers start again."""
        self.part = Part.ANNEX
        self._attachment = name
        self._restart()

    def _restart(self) -> None:
        self.number = None
        self._extras = 0
        self.open.close()
        self._headings.clear()
        self._last_at.clear()
        self._led_on = None

    def add_preambular(self, text: str) -> str:
        """Add the next paragraph of the preamble, or what goes on with the last one, and give its address.

        The rest of a recital opens in lower case: "and welcoming ..." behind a line end. Where recitals do so
        themselves, as in Russian, nothing is a rest.
        """
        if self._is_rest_of_recital(text):
            address = self.lengthen(text) or ""
            self.warn("split-paragraph", f"expected a whole paragraph, found it split before {text[:30]!r}", address)
            return address
        self.preambular += 1
        part, self.part = self.part, Part.PREAMBLE
        address = self._add_top(f"PP {self.preambular}", "", text)
        self.part = part
        return address

    def _is_rest_of_recital(self, text: str) -> bool:
        if self.is_read_ahead or not text[:1].islower() or not self.open or len(self.open) != 1:
            return False
        first = next((one.text for one in self.paragraphs if one.part is Part.PREAMBLE), "")
        return self.open.top.address == f"PP {self.preambular}" and first[:1].isupper()

    def add_numbered(self, number: str, text: str) -> str:
        """Add a paragraph of the top level that prints a number; give its address."""
        if self.part is Part.OPERATIVE or self.part is Part.PREAMBLE:
            self.part = Part.OPERATIVE
            address = f"OP {number}"
        elif self.part is Part.ANNEX:
            address = f"{self._attachment}, para. {number}"
        else:
            address = f"para. {number}"
        before, self.number = self.number, number
        self._headings.begin_whole()
        chapeau = self._led_on[1] if self._led_on and number.startswith(f"{self._led_on[0]}.") else None
        address = self._add_top(address, number, text, chapeau)
        if text.endswith(":"):
            self._led_on = (number, text)
        if not self.is_read_ahead and (self.part is not Part.ANNEX or before is not None):
            self._check_number(before, number)
        return address

    def _check_number(self, before: str | None, number: str) -> None:
        """Warn when a printed number is not the next one: it is kept as printed."""
        expected = "1" if before is None else str(int(before) + 1) if before.isdecimal() else None
        if expected is None or not number.isdecimal() or number == expected:
            return
        last = int(before or 0)
        code = (
            "number-repeats" if int(number) == last else "number-jumps" if int(number) > last else "number-falls-back"
        )
        where = "at the beginning" if before is None else f"after {before}"
        self.warn(code, f"expected the number {expected} {where}, found {number}", self.open.top.address)

    def is_next_number(self, number: str) -> bool:
        """Whether a number is the next one of the top level: 10 after 9, 3 after 2.1.16."""
        before = (self.number or "0").split(".")[0]
        return number.isdecimal() and before.isdecimal() and int(number) == int(before) + 1

    @property
    def is_before_operative(self) -> bool:
        """Whether a resolution's operative paragraphs have not begun."""
        return self.part is Part.OPERATIVE and self.number is None

    def add_unnumbered(self, text: str, *, holds_list: bool = False, completes: bool = False) -> None:
        """Add a paragraph of the top level that prints neither number nor label.

        `holds_list` says that the labels which follow belong to it, `completes` that it may complete the number above.
        """
        if self.part is Part.OPERATIVE and self.number is None and not self.is_numbered:
            self.number = "1"
            self._add_top("OP 1", "1", text)
            return
        chapeau = self.open.top.words if completes and self.number is not None and self.open else None
        if self.part is not Part.ANNEX and self.open and self.number is not None:
            self._add_below(text, chapeau, holds_list=holds_list)
            return
        self._extras += 1
        if self.number is None or holds_list or text.endswith(":"):
            self._add_top(f"{self._stem()} +{self._extras}", "", text, chapeau)
        else:
            self._add(f"{self._stem()} +{self._extras}", text, chapeau)

    def _add_below(self, text: str, chapeau: str | None, *, holds_list: bool) -> None:
        """Add an unnumbered paragraph behind a numbered one: below a titled sub-paragraph it belongs to that."""
        last = self.open.last
        if self.part is Part.OPERATIVE and last.is_titled and text[:1].isupper():
            self._add_extra(last, text, chapeau=last.words)
            return
        address = self._add_extra(self.open.top, text, chapeau)
        if holds_list:
            self.open.begin_extra(address, text)

    def _stem(self) -> str:
        """What the addresses of unnumbered paragraphs begin with where no numbered one stands before them."""
        return {Part.ANNEX: self._attachment, Part.BODY: "para."}.get(self.part, "OP 0")

    def _add_extra(self, above: OpenParagraph, text: str, chapeau: str | None) -> str:
        above.extras += 1
        return self._add(_under(above.address, f"+{above.extras}"), text, chapeau)

    def add_flush(self, text: str, depth: int) -> None:
        """Add flush text that closes the list of the `depth`-th open paragraph."""
        if not self.open:
            self.add_unnumbered(text)
            return
        above = self.open.above(depth)
        self._add_extra(above, text, above.words)

    def add_labelled(self, printed: str, label: str | None, text: str) -> None:
        """Add a sub-paragraph that the file leaves flat: the run of labels decides where it stands.

        `label` is None for a bullet; `printed` is what stands before the text.
        """
        self._begin_list()
        depth = self.open.depth_of_bullet() if label is None else self.open.depth_of_label(label)
        self.add_point(printed, label, text, depth)

    def _begin_list(self) -> None:
        """Open a list that has nothing above it: `para. (a)`, `Annex (•1)`."""
        if not self.open:
            self.open.begin("", self._stem(), "")

    def add_point(self, printed: str, label: str | None, text: str, depth: int) -> str:
        """Add a sub-paragraph under the `depth`-th open paragraph; without a label it counts as a bullet."""
        self._begin_list()
        depth = min(depth, len(self.open))
        above = self.open.above(depth)
        before = above.last
        if label is not None and self._is_nested_number(printed, label, before):
            return self.add_numbered(label, text)
        if label is None:
            above.bullets += 1
        degree = f"(•{above.bullets})" if label is None else f"({label})"
        if self.part is Part.OPERATIVE and self.number is not None:
            self._headings.begin_point()
        address = self._add(_under(above.address, degree), text, above.words)
        if label is not None and not self.is_read_ahead:
            self._check_label(before or self._last_at.get(depth), label, address)
            self._last_at[depth] = label
        self.open.push(depth, label, address, text)
        return address

    def _is_nested_number(self, printed: str, label: str, before: str | None) -> bool:
        """Whether a label inside a list is the next paragraph of the top level: some files nest the rest of the text.

        S/RES/1591 (2005) holds paragraphs 4 to 9 in a list under paragraph 3 (g), and annex IV to S/RES/2231 (2015)
        each number of several parts in a list under the one before it: 2.1.2 under 2.1.1.
        """
        if self.number is not None and is_of_parts(label):
            return True
        if self.number is None or not printed.endswith(".") or not self.is_next_number(label):
            return False
        return before is None or not continues(before, label)

    def _check_label(self, before: str | None, label: str, address: str) -> None:
        """Warn when a label neither opens a list nor goes on in its own or, as in S/RES/2717, in the list before."""
        if way_of_first(label) is None and (before is None or not continues(before, label)):
            expected = "the first label of a list" if before is None else f"the label after ({before})"
            self.warn("label-jumps", f"expected {expected}, found ({label})", address)

    @property
    def is_unfinished(self) -> bool:
        """Whether the last paragraph is one of the top level and breaks off in the midst of a sentence."""
        if not self.paragraphs or len(self.open) != 1:
            return False
        last = self.paragraphs[-1]
        return last.address == self.open.top.address and last.text[-1].isalnum()

    def lengthen(self, text: str) -> str | None:
        """Add words to the last open paragraph, such as an introduction that the file holds apart; give its address."""
        if not text or not self.open:
            return None
        above = self.open.last.words
        last = self.open.lengthen(text)
        for place in range(len(self.paragraphs) - 1, -1, -1):
            paragraph = self.paragraphs[place]
            if paragraph.address == last.address:
                self.paragraphs[place] = replace(paragraph, text=f"{paragraph.text} {text}")
                return last.address
        # it printed a label and no words of its own until now
        self.paragraphs.append(Paragraph(last.address, self.part, text, self._headings.current, above))
        return last.address

    def _add_top(self, address: str, label: str, text: str, chapeau: str | None = None) -> str:
        address = self._add(address, text, chapeau)
        self.open.begin(label, address, text)
        return address

    def _add(self, address: str, text: str, chapeau: str | None) -> str:
        """Keep a paragraph under an address that no other has; one without words only lends its address to others."""
        if address in self._taken:
            first, address = address, self._free(address)
            if not self.is_read_ahead:
                self.warn("duplicate-address", f"expected one paragraph {first}, found another", address)
        self._taken.add(address)
        if text:
            part = Part.PREAMBLE if address.startswith("PP ") else self.part
            self.paragraphs.append(Paragraph(address, part, text, self._headings.current, chapeau))
        if self._notes:
            self.asides += [replace(note, address=address) for note in self._notes]
            self._notes.clear()
        return address

    def _free(self, address: str) -> str:
        base, _, count = address.partition(" #")
        occurrence = int(count or 1)
        while address in self._taken:
            occurrence += 1
            address = f"{base} #{occurrence}"
        return address


def _under(address: str, degree: str) -> str:
    """The address of a paragraph under another: behind `OP 1 #2` comes `OP 1 (a) #2`."""
    base, mark, occurrence = address.partition(" #")
    return f"{base} {degree}{mark}{occurrence}"
