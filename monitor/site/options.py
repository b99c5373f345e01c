"""How a site is to be: its title, its address, its languages."""

from dataclasses import dataclass
from typing import Final

TITLE: Final = "WPS watch"


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """`base_url` is where the front page's folder is shown, with a slash at the end, "" when that is not known."""

    title: str = TITLE
    base_url: str = ""
    languages: tuple[str, ...] = ("en",)


def options_of(title: str = "", base_url: str = "", languages: tuple[str, ...] = ()) -> SiteOptions:
    """Options as they are typed: an address gets its slash, English is always among the languages."""
    url = f"{base_url.rstrip('/')}/" if base_url else ""
    return SiteOptions(title or TITLE, url, tuple(dict.fromkeys(("en", *languages))))
