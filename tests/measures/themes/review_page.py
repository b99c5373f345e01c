"""Writes the page on which a reader gives drawn paragraphs their themes, and joins the answers of two readers.

The page is one file that asks no network. A reader never sees what the rules say.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.measures.themes.review_draw import Drawn


@dataclass(frozen=True, slots=True)
class Joined:
    """Two readers' answers as labelled rows, and how they agree. `apart` are those where one saw WPS content."""

    rows: tuple[dict[str, object], ...]
    apart: tuple[str, ...]
    agreement: float


def page(drawn: Sequence[Drawn], themes: Sequence[str]) -> str:
    """The page: each paragraph with its heading, chapeau and a box for each theme; a button saves the answers."""
    cards = "\n".join(_card(place, one, themes) for place, one in enumerate(drawn))
    data = json.dumps([one.shown() for one in drawn], ensure_ascii=False).replace("</", "<\\/")
    return _PAGE.replace("@cards@", cards).replace("@data@", data).replace("@number@", str(len(drawn)))


def _card(place: int, one: Drawn, themes: Sequence[str]) -> str:
    above = "".join(f"<p class=above>{escape(words)}</p>" for words in (one.heading, one.chapeau) if words)
    boxes = "".join(
        f'<label><input type=checkbox data-of="{place}" value="{escape(theme)}"> {escape(theme)}</label>'
        for theme in themes
    )
    return (
        f"<article><h2>{place + 1}. {escape(one.source)}</h2>{above}<p>{escape(one.text)}</p>"
        f"<fieldset><legend>Themes (none: not WPS content)</legend>{boxes}</fieldset></article>"
    )


_PAGE = """<!doctype html>
<html lang=en><meta charset=utf-8><title>Review of @number@ paragraphs</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
article { border-top: 1px solid #bbb; padding: 1rem 0 } h2 { font-size: 1rem; color: #555 }
.above { color: #555; font-style: italic } label { display: inline-block; margin-right: 1rem }
fieldset { border: 1px solid #ddd } button { position: sticky; bottom: 1rem; padding: .6rem 1.2rem }
</style>
<h1>Review of @number@ paragraphs</h1>
<p>Give each paragraph the themes that its words carry, by the definitions alone. Tick nothing where it does not speak
of women, girls, gender or sexual violence. Save at the end: the file is your answer.</p>
@cards@
<button onclick="save()">Save the answers</button>
<script>
const drawn = @data@;
function save() {
  const lines = drawn.map((one, place) => {
    const ticked = [...document.querySelectorAll(`input[data-of="${place}"]:checked`)].map(box => box.value);
    return JSON.stringify({...one, wps: ticked.length > 0, themes: ticked});
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\\n") + "\\n"], {type: "application/jsonl"}));
  link.download = "answers.jsonl";
  link.click();
}
</script>
"""


def join(first: Path, second: Path) -> Joined:
    """Join two answers: what both gave is right, what one gave accepted; where one saw nothing, no row."""
    rows, apart, same, all_ = [], [], 0, 0
    for one, other in zip(_answers(first), _answers(second), strict=True):
        if (one["symbol"], one["address"], one["text"]) != (other["symbol"], other["address"], other["text"]):
            raise ValueError(
                f"expected the same paragraphs in both answers, found {other['address']} at {one['address']}"
            )
        mine, theirs = set(_listed(one)), set(_listed(other))
        same, all_ = same + 2 * len(mine & theirs), all_ + len(mine) + len(theirs)
        if bool(mine) != bool(theirs):
            apart.append(f"{one['symbol']}, {one['address']}")
            continue
        both = sorted(mine & theirs)
        rows.append({**one, "wps": bool(mine), "themes": both, "also_accepted": sorted((mine | theirs) - set(both))})
    return Joined(tuple(rows), tuple(apart), same / max(1, all_))


def _answers(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _listed(row: dict[str, object]) -> list[str]:
    themes = row["themes"]
    return [str(theme) for theme in themes] if isinstance(themes, list) else []
