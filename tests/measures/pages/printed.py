"""Counts the sheets of paper of a page: `python -m tests.measures.pages.printed SITE [resolutions/2800.html] [18]`."""

import argparse
import os
import re
import shutil
import sys
from pathlib import Path

from tests.measures.pages.search import FLAGS


def main() -> int:
    """Print how many sheets a page takes, beside how many it may."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("page", nargs="?", default="resolutions/2800.html")
    parser.add_argument("most", nargs="?", type=int, default=18)
    given = parser.parse_args()
    chromium = os.environ.get("WPSWATCH_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        page.goto((given.site.resolve() / given.page).as_uri())
        paper = page.pdf(prefer_css_page_size=True)
        browser.close()
    sheets = len(re.findall(rb"/Type\s*/Page\b", paper))
    print(f"{given.page}: {sheets} sheets (goal {given.most})")
    return int(not 0 < sheets <= given.most)


if __name__ == "__main__":
    sys.exit(main())
