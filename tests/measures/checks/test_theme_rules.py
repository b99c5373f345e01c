"""The measure of the rules counts where each fires, and what is lost without it."""

from storage.models import DocumentKind, Paragraph, Part
from tests.measures.accuracy import Reading
from tests.measures.themes.rules import Held, tell

TEXT = "Condemns all acts of sexual violence;"


def test_a_rule_that_alone_gives_a_theme_is_missed_without_it() -> None:
    paragraph = Paragraph("OP 1", Part.OPERATIVE, TEXT)
    reading = Reading(
        "S/RES/2000 (2011)", paragraph, True, frozenset({"Sexual and Gender-Based Violence"}), frozenset()
    )

    told = {one.rule: one for one in tell([Held(None, DocumentKind.RESOLUTION, paragraph)], [reading], "en")}

    assert (told["sgbv.named"].fires, told["sgbv.named"].alone, told["sgbv.named"].right) == (1, 1, 1)
    assert told["sgbv.named"].loss == 1.0
    assert (told["general.agenda"].fires, told["general.agenda"].loss) == (0, 0.0)
