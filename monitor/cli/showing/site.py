"""The commands `site build` and `site check`."""

from typing import TYPE_CHECKING

import click

from monitor.cli.arguments import Day
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from datetime import date

    from monitor.site.build import Built
    from monitor.site.check import Looked


@click.group(epilog="Example: wpswatch site build public")
def site() -> None:
    """Write everything held as a folder of pages, and look such a folder through."""


@site.command(
    epilog="\b\nExamples:\n  wpswatch site build public\n"
    "  wpswatch site build public --base-url https://example.org/wps/ --title 'WPS at our desk'"
)
@click.argument("folder", metavar="DIR", required=False)
@click.option("--base-url", metavar="URL", help="Where DIR will be shown: canonical addresses and a sitemap.")
@click.option("--title", metavar="T", help="What the pages call themselves.")
@click.option("--lang", "languages", metavar="en,fr", help="Languages beside English, with a comma between them.")
@click.option("--as-of", type=Day(), metavar="DATE", help="Count days from this day, not from the last run.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be written; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@click.option("--log", "is_logged", is_flag=True, help="Say in a line on stderr what changed, and nothing else.")
@pass_session
def build(
    session: Session,
    folder: str | None,
    base_url: str | None,
    title: str | None,
    languages: str | None,
    as_of: "date | None",
    is_dry: bool,
    as_json: bool,
    is_logged: bool,
) -> None:
    """Write the site into DIR: pages, search, feeds, files to take away. Only files that differ are replaced.

    DIR works from a web host, an office share or a memory stick: open its index.html. The same database gives the same
    bytes. A place on a page that was once published always answers; a build that would lose one fails. With [site] in
    the settings DIR and options may be left out, and crawl and watch build it after each run.
    """
    from datetime import UTC, datetime, time
    from pathlib import Path

    from monitor.settings.config import SiteSettings
    from monitor.settings.value_checks import LANGUAGES, is_url
    from monitor.site.build import LostAddressError, build_site
    from monitor.site.options import options_of

    if base_url and (expected := is_url(base_url)):
        raise click.BadParameter(f"expected {expected}, found {base_url!r}", param_hint="--base-url")
    wanted = tuple(each.strip() for each in (languages or "").split(",") if each.strip())
    if unknown := [each for each in wanted if each not in LANGUAGES]:
        raise click.BadParameter(f"expected some of {', '.join(LANGUAGES)}, found {unknown[0]!r}", param_hint="--lang")
    config = session.load_config()
    settings = config.site or SiteSettings(dir="")
    if not (folder or settings.dir):
        raise click.UsageError("expected a folder, found none: name one, or put [site] dir into the settings")
    target = Path(folder or settings.dir).expanduser()
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"expected a folder, found a file at {target}; choose another name")
    session.open_readonly().close()  # a data folder without a database is told as such, not made
    try:
        done = build_site(
            session.open_readonly if is_dry else session.open,
            session.database,
            config,
            target,
            options_of(title or settings.title, base_url or settings.base_url, wanted or settings.languages),
            datetime.combine(as_of, time(), UTC) if as_of else None,
            is_dry=is_dry,
        )
    except LostAddressError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"expected to write into {target}, found: {error}") from error
    if is_logged:
        from monitor.cli.pages.progress import log_line

        if done.written or done.removed:
            files = f"{len(done.written):,} of {done.files:,} files written, {len(done.removed):,} removed"
            log_line(f"site: {files} in {target}, in {done.seconds:.0f} s")
        return
    _tell(done, str(target), is_dry=is_dry, as_json=as_json)


def _tell(done: "Built", target: str, *, is_dry: bool, as_json: bool) -> None:
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(
            {
                "folder": target,
                "pages": done.pages,
                "files": done.files,
                "bytes": done.bytes,
                "written": list(done.written),
                "removed": list(done.removed),
                "new_addresses": done.new_addresses,
                "seconds": round(done.seconds, 2),
                "dry_run": is_dry,
            }
        )
        return
    from monitor.cli.pages.render import Page, plain

    page = Page()
    written = "would be written" if is_dry else "written"
    page.line(plain(f"{target}: {done.pages:,} pages, {done.files:,} files, {done.bytes / 1e6:.1f} MB"))
    removed = f", {len(done.removed):,} removed" if done.removed else ""
    page.line(plain(f"{len(done.written):,} {written}{removed}, {done.seconds:.1f} s"))
    if not is_dry:
        page.line(plain(f"Open {target}/index.html"))
    page.print()


@site.command(epilog="Example: wpswatch site check public")
@click.argument("folder", metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@pass_session
def check(session: Session, folder: str, as_json: bool) -> None:
    """Look a built site through: links, places, published addresses, nothing loaded from elsewhere.

    Exits with 1 and a list when something is wrong.
    """
    from contextlib import closing
    from pathlib import Path

    from monitor.site.check import check_published

    target = Path(folder).expanduser()
    if not (target / "index.html").is_file():
        raise click.UsageError(f"expected a site, found no index.html in {target}; build one: wpswatch site build")
    with closing(session.open_readonly()) as db:
        looked = check_published(db, target)
    _tell_looked(looked, as_json=as_json)
    if looked.problems:
        raise click.exceptions.Exit(1)


def _tell_looked(looked: "Looked", *, as_json: bool) -> None:
    if as_json:
        from monitor.cli.pages.render import echo_json

        problems = [{"file": problem.file, "problem": problem.what} for problem in looked.problems]
        echo_json({"pages": looked.pages, "links": looked.links, "problems": problems})
        return
    from monitor.cli.pages.render import Page, plain

    page = Page()
    for problem in looked.problems:
        page.line(plain(f"{problem.file}: {problem.what}"))
    found = f"{len(looked.problems):,} problems" if looked.problems else "nothing is wrong"
    page.line(plain(f"{looked.pages:,} pages, {looked.links:,} links: {found}"))
    page.print()
