"""What was put in place of what in a changed paragraph, in a few words for a subject. Pure."""

from typing import Final

from monitor.alerts.news.payload import ToldExtract
from monitor.changes.diff import replacements, word_changes

_LONGEST: Final = 40


def what_changed(extract: ToldExtract) -> str:
    """The first short change: "'sexual and gender-based' dropped", "'shall' became 'should'"; "" where there is none.

    What was dropped is told before what was not.
    """
    if extract.before is None or extract.text is None:
        return ""
    found: list[tuple[bool, str]] = []
    for one in replacements(word_changes(extract.before, extract.text)):
        old, new = (" ".join(words.split()).rstrip(".,;:") for words in (one.before, one.after))
        if old == new or max(len(old), len(new)) > _LONGEST:
            continue
        if old and new:
            found.append((True, f"'{old}' became '{new}'"))
        else:
            found.append((not old, f"'{new}' added" if new else f"'{old}' dropped"))
    return min(found, key=lambda one: one[0])[1] if found else ""
