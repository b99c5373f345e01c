"""Builds the site of `[site]` again after a run; a run whose site can't be written has not failed."""

from pathlib import Path
from typing import TYPE_CHECKING

from monitor.app.installation import Installation

if TYPE_CHECKING:
    from monitor.settings.config import Config


def write_site(installation: Installation, config: "Config") -> None:
    """Write the site, if a folder is set in the settings."""
    if config.site is None:
        return
    from monitor.site.build import LostAddressError, build_site
    from monitor.site.options import options_of
    from storage.sqlite.database import open_database

    options = options_of(config.site.title, config.site.base_url, config.site.languages)
    folder = Path(config.site.dir).expanduser()
    try:
        build_site(lambda: open_database(installation.database), installation.database, config, folder, options)
    except (OSError, LostAddressError) as error:
        installation.note(f"the site: expected to write into {folder}, found: {error}; then: wpswatch site build")
