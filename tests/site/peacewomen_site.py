"""PeaceWomen's archive as a small site made by hand, in three markups: the real one was never seen raw."""

from storage.models import THEMES
from tests.paths import TESTS

CASES = TESTS / "cases/peacewomen"
SITE = "/www.peacewomen.org"
NODE = "<html><body><main><h1>{}</h1><h3>Extract:</h3><p>{}</p></main></body></html>"
TITLE, PREAMBLE = "Security Council Resolution 2387: Para.42", "Security Council Resolution 2386: Preamble"
RESOLUTION = "<html><body><main><h1>Security Council Resolution {}</h1><p>A summary.</p></main></body></html>"


def case(name: str) -> str:
    return (CASES / name / "input.html").read_text(encoding="utf-8")


def pages() -> dict[str, str]:
    """Every page by its request path: one theme of four pages in three markups, twelve with a speech alone."""
    speech = "<html><body><h1>{}</h1><h2>Statement of Netherlands</h2><h3>Extract:</h3><p>Women.</p></body></html>"
    made = {f"{SITE}/taxonomy/term/{20 + n}?page=0": speech.format(theme) for n, theme in enumerate(THEMES)}
    made[f"{SITE}/taxonomy/term/32?page=0"] = case("listing-drupal-fields")
    made[f"{SITE}/taxonomy/term/32?page=1"] = case("listing-plain-headings")
    made[f"{SITE}/taxonomy/term/32?page=2"] = case("listing-definition-list")
    made[f"{SITE}/taxonomy/term/32?page=3"] = case("listing-access-denied")
    made[f"{SITE}/taxonomy/term/25?page=0"] = speech.format(THEMES[-1])
    made[f"{SITE}/node/100112"] = NODE.format(
        TITLE, "42. Decides that the mandate of MINUSCA shall include the following"
    )
    made[f"{SITE}/node/100113"] = NODE.format(PREAMBLE, "Stressing the need for effective human rights monitoring")
    made[f"{SITE}/node/100115"] = case("mission-node-drupal-fields")
    for number in (2386, 2387):
        made[f"{SITE}/security-council/resolution/security-council-resolution-{number}"] = RESOLUTION.format(number)
    return made
