"""Joins lines of plain text to paragraphs. Without places on a page, stops, labels and lengths must tell them apart.

Two layouts are told apart by one look at the document: lines as printed, most of which end in mid-sentence; and one
long line for each paragraph, which only a page break cuts in two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scraper.readers.block import Block, BlockKind, Furniture
from scraper.readers.text.furniture import Named
from scraper.readers.text.lines import TextLine

# "...;", "...,”", "... and", "...; 12", "Nations,12": a paragraph may end here
_ENDED = re.compile(r"(?:[.;:,!?][”’\"')\]]*(?:\s+(?:and|or)(?:/or)?,?)?|\b(?:and|or))(?:\s?(?:\d{1,3}|\*{1,3}))?$")
# the same without comma and bare "and"
_STOPPED = re.compile(r"[.;:!?][”’\"')\]]*(?:\s+(?:and|or)(?:/or)?,?)?(?:\s?(?:\d{1,3}|\*{1,3}))?$")
# "1. Decides", "4, Demands", "(a) to", "a.", "– Liu Daqun": what opens a paragraph of a list
_LABEL = re.compile(
    r"(?:\(\s?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,6}|[A-Z])\s?\)|(?:\d{1,3}|[a-z]|[ivx]{1,6}|[A-Z]|[IVX]{1,6})[.)]"
    r"|\d{1,2},(?=\s[A-Z][a-z])|[•●▪·‣–—-](?=\s))(?:\s|(?=[A-Z“])|$)"
)
_NUMBER = re.compile(r"\d{1,3}[.,]\s?(?=[A-Z“]|$)")
# "1." or "b." with nothing behind it: the words stand on the next line
_LONE_LABEL = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,6})\)?[.)]?|(?:[A-H]|[IVX]{1,5})\.")
_LONE_NUMBER = re.compile(r"(\d{1,3})\.")
_PRINTED_NUMBER = re.compile(r"(\d{1,3})\.(?:\s|$)")
# The words that stand alone above a resolution's first paragraph; they end no sentence.
_ENACTING = re.compile(r"The Security Council\s?[,.:]?")
# "II", "B": what stands alone above a section
_SECTION = re.compile(r"[IVX]{1,4}|[A-H]")
# "Recalling", "Deeply concerned", "Having in mind", "Convinced that": how a recital opens
_RECITAL = re.compile(
    r"(?:In (?:this|that) (?:regard|context|connection), |[A-Z][a-z]+ly |Also |Further )?(?!United )"
    r"(?:[A-Z]?[a-z]+(?:ing|ed)|[A-Z][a-z]+ful|Cognizant|Aware|Conscious)\b"
)
# "RESOLUTION 781 (1992)", "Adopted by the Security Council at its 3122nd meeting, on 9 October 1992": no stop ends them
# "Report of the Security Council mission to Mali,", and on the next line "Guinea-Bissau and Senegal"
_REPORT_TITLE = re.compile(r"(?:[\w-]+ ){0,3}(?:report of|letters? dated|note by)\b", re.IGNORECASE)
_TITLE_LINES = 6
_TITLE = re.compile(r"Resolution \d|RESOLUTION \d|Adopted by the Security Council at")
# as in "Establishes the following list" (S/RES/857), where a decision without a number opens a page
_DECISION = re.compile(r"[A-Z][a-z]+s (?:the|that|to|upon|its|all)\b")
# as in "Decides:" or "Resolves :"
_DECIDES = re.compile(r"[A-Z][a-z]+s\s?:")
_ADOPTED = re.compile(r"Adopted (?:unanimously|by|at|without)\b")
# "[S/1501]", "(S/3139/Rev.2]": the draft's symbol under a title of the early years
_BRACKET = re.compile(r"[\[({]S/[\w/. ,]+[\])}]")
# "United Nations, 18": a footnote's mark behind the stop
_MARK_BEHIND = re.compile(r"(?<=[,;.:])\s?(?:\d{1,3}|\(\d{1,3}\))$")
# "12 See Official Records ...", "1 The United States", "* Reissued", "[3] Ibid.": how a note opens
_NOTE = re.compile(r"\*{1,3}\s?\S|\[\d{1,3}\]|\d{1,3}/\s|\d{1,3}\s?(?=[A-Z“(])")
# as in "* Definitions for the purpose of this resolution only:" (S/RES/1540)
_STARRED = re.compile(r"\*{1,3}\s[A-Z]")
_REISSUED = re.compile(r"\*{1,3}\s*(?:\w+ )?[Rr]eissued")
_RULED = re.compile(r"(_{5,})\s*(?=\S)")
_SUSPENDED = re.compile(r"(?:and|or|to)\b")
_WRAPPED_SHARE = 0.45  # of the letters: text as printed has most of them in lines that end in mid-sentence
_GAPPED_SHARE = 0.5  # of the lines that end in a stop
_LONG_LINE = 40
_WIDEST = 160  # letters: no page is so wide that it prints longer lines
_CELLS = 4  # that many pieces in a row, each after a blank line, are no paragraphs
_FULL = 0.85  # of the measure: a line shorter than this was not filled
_NEARLY = 0.95


@dataclass(slots=True)
class _Growing:
    kind: BlockKind
    page: int
    furniture: Furniture | None = None
    has_gap: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _joined(self.lines)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document's lines are set: `measure` is the length of a full one, and paragraphs may stand apart by gaps."""

    is_wrapped: bool
    is_gapped: bool
    measure: int

    def is_short(self, line: str, following: str) -> bool:
        """Whether a line ended before it had to: the next word would have stood in it."""
        return len(line) + 1 + len(following.split(" ", 1)[0]) < _NEARLY * self.measure


def layout_of(lines: Sequence[TextLine], named: Named) -> Layout:
    """The layout by the share of letters in lines that end in mid-sentence."""
    words = [line.text for place, line in enumerate(lines) if place not in named]
    long = [(line, following) for line, following in pairwise((*words, "")) if len(line) >= _LONG_LINE]
    broken = [line for line, following in long if _is_broken(line, following)]
    lengths = sorted(map(len, broken))
    measure = lengths[int(len(lengths) * 0.6)] if lengths else _LONG_LINE
    stopped = [
        after.has_gap
        for place, (line, after) in enumerate(pairwise(lines))
        if place not in named and place + 1 not in named and _STOPPED.search(line.text)
    ]
    is_gapped = sum(stopped) > _GAPPED_SHARE * len(stopped)
    letters = sum(len(line) for line, _ in long)
    is_narrow = sum(len(line) for line, _ in long if len(line) > _WIDEST) < letters / 2
    is_wrapped = is_gapped or (is_narrow and sum(lengths) > _WRAPPED_SHARE * letters)
    return Layout(is_wrapped and bool(long), is_gapped, measure)


def _is_broken(line: str, following: str) -> bool:
    """Whether a line ends in mid-sentence: without a stop, or with a comma and the next one in lower case or a year."""
    goes_on = not following[:1].isupper() and not _LABEL.match(following)
    return not _ENDED.search(line) or (line.endswith(",") and goes_on)


def join_text_lines(lines: Sequence[TextLine], named: Named) -> list[Block]:
    """All lines as blocks in printed order; a paragraph that runs over a page end stands where it begins."""
    joiner = _Joiner(lines, named)
    if joiner.layout.is_wrapped and not joiner.layout.is_gapped:
        _set_tables_apart([one for one in joiner.grown if one.kind is BlockKind.TEXT], joiner.layout)
    return [Block(text=one.text, page=one.page, kind=one.kind, furniture=one.furniture) for one in joiner.grown]


class _Joiner:
    """One pass over a document's lines."""

    def __init__(self, lines: Sequence[TextLine], named: Named) -> None:
        self.grown: list[_Growing] = []
        self.layout = layout_of(lines, named)
        self._text: _Growing | None = None  # the open paragraph
        self._note: _Growing | None = None  # the open footnote, until furniture or the page ends
        self._is_cut = False  # whether furniture or a page end stands between the open paragraph and the next line
        self._has_numbers = False
        self._number = 0  # the last one that opened a block
        self._has_words = False  # whether "The Security Council," has passed
        self._is_closed = False  # whether "Adopted unanimously ..." has passed: behind it stand notes
        following = [place for place in range(len(lines)) if place not in named]
        after = dict(pairwise(following))
        for place, line in enumerate(lines):
            if place in named:
                self._furniture(line, named[place])
            else:
                later = after.get(place)
                second = None if later is None else after.get(later)
                coming = tuple("" if at is None else lines[at].text for at in (later, second))
                self._words(line, coming)

    def _furniture(self, line: TextLine, kind: Furniture) -> None:
        self.grown.append(_Growing(BlockKind.FURNITURE, line.page, kind, lines=[line.text]))
        self._is_cut = True
        self._note = None
        if kind is Furniture.RULE:
            self._note = _Growing(BlockKind.FOOTNOTE, line.page)

    def _words(self, line: TextLine, coming: Sequence[str]) -> None:
        text = line.text
        if line.opens_page:
            self._is_cut, self._note = True, None
        ruled = _RULED.match(text)
        if ruled:
            self._furniture(TextLine(ruled[1], line.page, line.has_gap, line.opens_page), Furniture.RULE)
            text = text[ruled.end() :]
        if self._is_note(text):
            self._add_note(text, line.page)
            return
        self._note = None
        block = self._text
        if block is None or self._begins(block, text, coming, has_gap=line.has_gap):
            block = self._text = _Growing(BlockKind.TEXT, line.page, has_gap=line.has_gap)
            self.grown.append(block)
        block.lines.append(text)
        self._is_cut = False
        self._has_numbers = self._has_numbers or bool(_NUMBER.match(text))
        if (number := _PRINTED_NUMBER.match(text)) is not None and block.lines == [text]:
            self._number = int(number[1])
        self._is_closed = self._is_closed or (self._has_words and bool(_ADOPTED.match(text)))
        self._has_words = self._has_words or bool(_ENACTING.match(text))

    def _is_note(self, text: str) -> bool:
        if _REISSUED.match(text) or _STARRED.match(text):
            return True
        return self._note is not None and (bool(self._note.lines) or bool(_NOTE.match(text)))

    def _add_note(self, text: str, page: int) -> None:
        if self._note is None or not self._note.lines or _NOTE.match(text):
            self._note = _Growing(BlockKind.FOOTNOTE, page)
            self.grown.append(self._note)
        self._note.lines.append(text)
        self._is_cut = True

    def _is_due(self, line: str) -> bool:
        """Whether a line is nothing but the next number: "9." behind paragraph 8."""
        number = _LONE_NUMBER.fullmatch(line)
        return number is not None and int(number[1]) == self._number + 1

    def _heads_number(self, text: str, coming: Sequence[str]) -> bool:
        """Whether a line, or it and the next, stand without a stop before the number that is due: a heading."""
        if _ENDED.search(text) or not text[:1].isupper():
            return False
        is_two = bool(coming[0]) and not _ENDED.search(coming[0]) and self._is_due(coming[1])
        return self._is_due(coming[0]) or is_two

    def _begins(self, block: _Growing, text: str, coming: Sequence[str], *, has_gap: bool) -> bool:
        """Whether a line begins a new paragraph instead of going on with the open one."""
        later = coming[0]
        before = _MARK_BEHIND.sub("", block.lines[-1])
        if self._is_closed and _NOTE.match(text) and _STOPPED.search(before):
            return True
        if len(block.lines) == 1 and _LONE_LABEL.fullmatch(before) and not _SECTION.fullmatch(before):
            return bool(_LABEL.match(text)) and not _opens_within(before, text)
        if self._is_due(text):
            return True
        if _ENACTING.fullmatch(text) or (len(block.lines) == 1 and _ENACTING.fullmatch(before)):
            return True
        if _SECTION.fullmatch(text) or _SECTION.fullmatch(before) or _ADOPTED.match(text) or _BRACKET.fullmatch(text):
            return True
        if _ADOPTED.match(block.lines[0]) and text[:1].isdigit() and not _STOPPED.search(before):
            return False  # "Adopted unanimously at the", and after a gap "2828th meeting." (S/RES/622)
        if has_gap and _TITLE.match(block.lines[0]):
            return True
        has_ended = bool(_ENDED.search(before))
        is_lower = text[:1].islower()
        is_label = bool(_LABEL.match(text))
        if not self.layout.is_wrapped:
            return self._begins_long(before, text, has_ended, is_lower and not is_label, is_label)
        is_short = self.layout.is_short(before, text)
        if self._is_title(block, has_gap=has_gap) and not is_label:
            return False
        if _STOPPED.search(before) and self._heads_number(text, coming):
            return True
        if is_label:
            return has_ended or has_gap or (is_short and not is_lower)
        if is_lower:
            return (has_gap or self._is_cut) and bool(_STOPPED.search(before))
        if self._is_cut and not has_ended:
            return len(before) < _FULL * self.layout.measure
        if self._is_cut and before.endswith(","):
            return bool(_RECITAL.match(text) or (_DECISION.match(text) and not self._has_numbers))
        if has_gap or self._is_cut:
            return has_ended or is_short or len(before) < _FULL * self.layout.measure
        return self._begins_printed(block, before, text, later, is_short)

    def _is_title(self, block: _Growing, *, has_gap: bool) -> bool:
        """Whether the open block is the title of a report or letter, whose lines stand together."""
        is_at_top = not self._has_numbers and len(block.lines) < _TITLE_LINES and not has_gap and not self._is_cut
        is_open = not _STOPPED.search(block.lines[-1]) and sum(one.kind is BlockKind.TEXT for one in self.grown) == 1
        return is_at_top and is_open and bool(_REPORT_TITLE.match(block.lines[0]))

    def _begins_printed(self, block: _Growing, before: str, text: str, later: str, is_short: bool) -> bool:
        """The same where lines follow each other without a gap and this one opens with a capital or a digit."""
        if _STOPPED.search(before):
            is_apart = bool(_LABEL.match(later)) or before.endswith(":")
            is_heading = not _ENDED.search(text) and is_apart and self.layout.is_short(text, later)
            return is_short or is_heading
        if before.endswith(","):
            is_clause = (
                is_short or bool(_RECITAL.match(text)) or before != block.lines[-1] or bool(_DECIDES.fullmatch(text))
            )
            return is_clause and not self._has_numbers and text[:1].isupper()
        has_lost_its_comma = not self._has_numbers and bool(
            _RECITAL.match(text)
        )  # "... targeting Al-Shabaab" (S/RES/2776)
        is_title = len(block.lines) == 1 or has_lost_its_comma
        return not self.layout.is_gapped and is_title and is_short and text[:1].isupper()

    def _begins_long(self, before: str, text: str, has_ended: bool, is_lower: bool, is_label: bool) -> bool:
        """The same where each paragraph is one line: it goes on only after a cut, or in lower case."""
        if is_label:
            return has_ended or not self._is_cut or not text[:1].islower()
        if is_lower:
            goes_on = before.endswith((" and", " or")) or (self._is_cut and before.endswith(":"))
            return bool(_STOPPED.search(before)) and self._has_numbers and not goes_on
        if not self._is_cut:
            return True
        if before.endswith(","):
            return bool(_RECITAL.match(text))
        return bool(_STOPPED.search(before)) or len(before) < _LONG_LINE


def _set_tables_apart(blocks: Sequence[_Growing], layout: Layout) -> None:
    """Marks as tables the runs of pieces that stand apart where paragraphs do not: cells, as `pdftotext` gives them."""
    runs: list[list[_Growing]] = [[]]
    for block in blocks:
        is_cell = not _LABEL.match(block.lines[0]) and (block.has_gap or _is_rest(block, runs[-1], layout))
        if is_cell:
            runs[-1].append(block)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        has_clauses = any(block.text.endswith((",", ";", ":")) for block in run)
        if sum(block.has_gap for block in run) >= _CELLS and not has_clauses:
            for block in run:
                block.kind = BlockKind.TABLE


def _is_rest(block: _Growing, run: Sequence[_Growing], layout: Layout) -> bool:
    """Whether a piece without a gap before it is the rest of the last cell, or the first cell of all."""
    is_short = all(len(line) < _FULL * layout.measure for line in block.lines) and not _ENDED.search(block.text)
    return is_short and (not run or not _ENDED.search(run[-1].text))


def _opens_within(outer: str, text: str) -> bool:
    """Whether a label stands right behind another that holds it: "3." and "(a) Decides"."""
    return outer[0].isdigit() and text.startswith(("(a)", "(i)", "(1)"))


def _joined(lines: Sequence[str]) -> str:
    """The lines' words; a hyphen at a line's end belongs to the word, unless it waits for a later one."""
    text = lines[0]
    for line in lines[1:]:
        is_glued = text[-1:] == "-" and text[-2:-1].isalpha() and line[:1].isalpha() and not _SUSPENDED.match(line)
        text = f"{text}{'' if is_glued else ' '}{line}"
    return text
