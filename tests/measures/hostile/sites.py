"""The small sites that the plays are played on: for each source the first day, the day of the news, and what is new.

Documents are the demonstration's (real ones) and the mission report of the tests (made by hand from its text); a report
of the Secretary-General stands in for one that is held.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import unquote

from monitor.demo.site import DemoSite, SiteAnswer, open_site
from tests.measures.hostile.server import Site
from tests.paths import TESTS
from tests.site.missions_site import Answers, mission_answers

MISSIONS = "mission-reports"
RESOLUTIONS = "un-resolutions"
UNXML = "unxml"


@dataclass(frozen=True, slots=True)
class Stage:
    """A source, its site before and after the news, when the first day is, and the symbol of what is new."""

    source: str
    before: Site
    after: Site
    first_day: datetime
    news: str


def stages() -> dict[str, Stage]:
    """The stage of each source."""
    return {stage.source: stage for stage in (_unxml(), _resolutions(), _missions())}


def demo_site(is_published: bool, news: str) -> DemoSite:
    """The demonstration's site of July 2025, with the news or without."""
    first = open_site()
    documents = [one for one in first.documents if one.adopted_on.year < 2026]
    site = replace(first, documents=tuple(one for one in documents if is_published or one.symbol != news))
    gone = {one.xml for one in first.documents if one not in site.documents}
    return replace(site, files={path: file for path, file in site.files.items() if path not in gone})


def _unxml() -> Stage:
    news = "S/RES/2779 (2025)"
    return Stage(
        UNXML, demo_site(False, news).answer, demo_site(True, news).answer, datetime(2025, 5, 20, 6, tzinfo=UTC), news
    )


def _resolutions() -> Stage:
    news = "S/RES/2783 (2025)"
    before, after = demo_site(False, news), demo_site(True, news)
    return Stage(RESOLUTIONS, before.answer, after.answer, datetime(2025, 7, 1, 6, tzinfo=UTC), news)


def _missions() -> Stage:
    other = {"S/2013/220": (TESTS / "cases/pdf/template-of-2013-wide-margins-2013-220/input.pdf").read_bytes()}
    before = mission_answers(other, is_published=False)
    after = mission_answers(other)
    return Stage(MISSIONS, _site(before), _site(after), datetime(2013, 3, 18, 6, tzinfo=UTC), "S/2013/173")


def _site(answers: Answers) -> Site:
    def answer(host: str, path: str, query: str) -> SiteAnswer:
        asked = f"/{host}{unquote(path)}" + (f"?{unquote(query)}" if query else "")
        if (location := answers.redirects.get(asked)) is not None:
            return SiteAnswer(302, "text/html", b"", location)
        if (body := answers.bodies.get(asked)) is not None:
            return SiteAnswer(200, "application/pdf" if asked.endswith(".pdf") else "text/html", body)
        return SiteAnswer(404, "text/plain", b"Not Found")

    return answer
