"""Each renewal beside the text before it: which there are, and their comparison, made when a page asks for it.

A comparison takes a while, and most pages ask for none.
"""

from collections import defaultdict
from dataclasses import dataclass

from monitor.app.renewals.corrections import placed
from monitor.app.renewals.drift import RELATED, compare_held
from monitor.renewals.comparison import Comparison
from monitor.site.held.document import Doc
from monitor.site.held.holdings import FIRST, Holdings, citation_key
from monitor.text.page_names import renewal_file
from storage.drift_values import DriftCorrection, Kind, Skipped

#: What only goes on, or changes a task, gives no page: all it does not repeat would look lost.
SHOWN = (Kind.RENEWAL, Kind.SUCCESSOR, Kind.TERMINATION)


@dataclass(frozen=True, slots=True)
class Beside:
    """A renewal and the text before it, at least one of them with words about women."""

    new: Doc
    old: Doc
    kind: Kind
    body: str
    skipped: tuple[Skipped, ...]
    is_taken_over: bool

    @property
    def file(self) -> str:
        """The file of its page: `resolutions/2666-2612.html`."""
        return renewal_file(self.new.file, self.old.file)


class Renewals:
    """The renewals among what is held, oldest first."""

    def __init__(self, holdings: Holdings) -> None:
        self.all = _all(holdings)
        self._of: defaultdict[str, list[Beside]] = defaultdict(list)
        for one in self.all:
            self._of[one.new.symbol].append(one)
        self._said: defaultdict[tuple[str, str], list[DriftCorrection]] = defaultdict(list)
        for said in holdings.said_of_renewals:
            self._said[said.new, said.old].append(said)
        self._wps = {
            citation_key(doc.symbol): tuple(each.address for each in doc.document.paragraphs if each.is_wps)
            for doc in holdings.first_docs
        }
        self._made: dict[str, Comparison] = {}

    def of(self, doc: Doc) -> list[Beside]:
        """The renewals that an English text makes: several where it gives several mandates."""
        return self._of.get(doc.symbol, []) if doc.language == FIRST else []

    def said_of(self, one: Beside) -> list[DriftCorrection]:
        """What people said of the pairs of two texts."""
        return self._said.get((one.new.symbol, one.old.symbol), [])

    def comparison(self, one: Beside) -> Comparison:
        """What became of the words of the text before."""
        if one.file not in self._made:
            self._made[one.file] = self._compared(one)
        return self._made[one.file]

    def _compared(self, one: Beside) -> Comparison:
        old, new = one.old.document.paragraphs, one.new.document.paragraphs
        found = Comparison(
            one.new.symbol, one.old.symbol, one.kind, FIRST, one.body, None, one.skipped,
            is_taken_over=one.is_taken_over,
        )  # fmt: skip
        said = placed(self.said_of(one), old, new)
        return compare_held(found, old, new, said, lambda symbol: self._wps.get(citation_key(symbol), ()))


def are_related(found: Comparison) -> bool:
    """Whether the two texts have more than a few paragraphs in common."""
    return found.paired >= RELATED


def _all(holdings: Holdings) -> list[Beside]:
    found: dict[tuple[str, str], Beside] = {}
    for given in holdings.predecessors:
        new, old = holdings.by_symbol.get(given.new), holdings.by_symbol.get(given.old or "")
        if new is None or old is None or given.kind not in SHOWN or not (new.wps_count or old.wps_count):
            continue
        beside = Beside(new, old, given.kind, given.body, given.skipped, given.is_taken_over)
        found.setdefault((new.symbol, old.symbol), beside)
    return sorted(found.values(), key=lambda one: (one.new.number, one.old.number))
