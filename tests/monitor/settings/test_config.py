"""The configuration file: what it gives, and how it says that something in it is wrong."""

from pathlib import Path

import pytest

from monitor.settings.config import Config, ConfigError, load_config
from scraper.sources.loader import load_sources

WHOLE = """
[network]
contact = "desk@example.org"
mirror = "http://127.0.0.1:8000"
delay_seconds = 0.5

[monitor]
news_days = 30

[sources.unxml]
enabled = false
schedule = "0 */6 * * *"

[sources.unxml.expect]
min_listed = 1

[smtp]
host = "mail.example.org"
sender = "wpswatch <alerts@example.org>"

[[channels]]
name = "desk"
type = "email"
to = ["a@example.org"]
schedule = "weekly mon 07:00"
timezone = "America/New_York"
cap = 3
themes = ["Participation"]
symbols = ["S/RES/*"]
events = ["extract.new", "source.*"]

[[channels]]
name = "log"
type = "file"
path = "alerts.txt"
"""


def load(folder: Path, text: str) -> Config:
    path = folder / "wpswatch.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    config = load(tmp_path, WHOLE)
    assert (config.network.contact, config.network.delay_seconds, config.news_days) == ("desk@example.org", 0.5, 30)
    source = config.source("unxml")
    assert (source.is_enabled, source.schedule, source.min_listed) == (False, "0 */6 * * *", 1)
    assert config.smtp is not None
    assert config.smtp.port == 587
    assert [(channel.name, channel.events) for channel in config.channels] == [
        ("desk", ("extract.new", "source.*")),
        ("log", ()),
    ]
    assert [(channel.schedule, channel.timezone, channel.cap) for channel in config.channels] == [
        ("weekly mon 07:00", "America/New_York", 3),
        ("instant", "UTC", 10),
    ]


def test_every_key_is_optional(tmp_path: Path) -> None:
    config = load(tmp_path, "")
    assert config.news_days == 120
    assert config.network.delay_seconds is None
    sources = load_sources()
    assert config.is_enabled(sources["un-resolutions"])
    assert not config.is_enabled(sources["peacewomen"])
    assert load(tmp_path, "[sources.peacewomen]\nenabled = true\n").is_enabled(sources["peacewomen"])


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("[network]\n\ndelay_second = 3", 3, "'delay_seconds'"),
        ("[netwrok]\n", 1, "'network'"),
        ("news_days = 3", 1, "no table or key 'news_days'"),
        ("[monitor]\nnews_days = '3'", 2, "a whole number"),
        ("[monitor]\nnews_days = -1", 2, "a whole number"),
        ("[network]\nmirror = 'ftp://example.org'", 2, "an address such as"),
        ("[sources.unxlm]\nenabled = true", 1, "'unxml'"),
        ("[sources.unxml]\nenabled = true\n[sources.unxml.expect]\nmin_list = 3", 4, "'min_listed'"),
        ("[sources.unxml]\nschedule = 'every 6 ours'", 2, "every 6 hours"),
        ("[[channels]]\nname='a'\ntype='file'\npath='x'\n\n[[channels]]\nname='b'\ntype='fax'", 8, "stdout"),
        ("[[channels]]\nname='a'\ntype='stdout'\nthemes=['Partcipation']", 4, "'Participation'"),
        ("[[channels]]\nname='a'\ntype='stdout'\nevents=['extract.old']", 4, "known names"),
        ("[[channels]]\nname='a'\ntype='stdout'\nschedule='daily 25:00'", 4, "daily 07:00"),
        ("[[channels]]\nname='a'\ntype='stdout'\ntimezone='Europe/Zürich'", 4, "the nearest is 'Europe/Zurich'"),
        ("[[channels]]\nname='a'\ntype='stdout'\ntimezone='Europe'", 4, "a time zone such as 'Europe/Zurich'"),
        ("[[channels]]\nname='a'\ntype='stdout'\ntimezone='../etc/passwd'", 4, "a time zone such as 'Europe/Zurich'"),
        ("[[channels]]\nname='a'\ntype='stdout'\ntimezone=1", 4, "a time zone such as 'Europe/Zurich'"),
        ("[[channels]]\nname='a'\ntype='stdout'\ncap=-1", 4, "a whole number, 0 or more"),
        ("[[channels]]\nname='a'\ntype='stdout'\nevents=['digest']", 4, "not 'digest'"),
        ("[[channels]]\nname='a'\ntype='stdout'\nquery='NOT girls'", 4, "NOT takes away from what stands before it"),
        ("[[channels]]\nname='a'\ntype='stdout'\nquery='!!'", 4, "words as wpswatch search reads them"),
        ("[[channels]]\nname='a'\ntype='stdout'\nquery=3", 4, "a text in quotation marks"),
        ("[[channels]]\nname='a'\ntype='stdout'\n[[channels]]\nname='a'\ntype='stdout'", 5, "two channels"),
        ("[[channels]]\nname='a'\ntype='email'", 1, "needs 'to'"),
        ("[[channels]]\ntype='stdout'", 1, "needs a 'name'"),
        ("[[channels]]\nname='-v'\ntype='stdout'", 2, "a name such as 'desk'"),
        ("[[channels]]\nname=' '\ntype='stdout'", 2, "a name such as 'desk'"),
        ('[[channels]]\nname="a\\u001b[31m"\ntype="stdout"', 2, "visible signs on one line"),
        ("[smtp]\nport = 25", 1, "needs a 'host'"),
        ("[[channels]]\nname='a'\ntype='email'\nto=['a@example.org']", 1, "needs [smtp]"),
        ("[[channels]]\nname='a'\ntype='email'\nto=[\"a@b.org\\nBcc: c@d.org\"]", 4, "without line ends"),
        ("[[channels]]\nname='a'\ntype='email'\nto=['öffi@example.org']", 4, "only ASCII letters before its @"),
        ("[[channels]]\nname='a'\ntype='email'\nto=['desk@straße.de']", 4, "xn--"),
        ("[[channels]]\nname='a'\ntype='stdout'\nunsubscribe='http://example.org'", 4, "https://example.org"),
        ("[smtp]\nhost='m.example.org'\nsender='nobody'", 3, "after its @"),
        ("[smtp]\nhost='m.example.org'\nusername='me'\nsecurity='none'", 4, "the password in clear"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_nearest_right_word(
    tmp_path: Path, text: str, line: int, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert f"line {line}: " in str(caught.value)
    assert hint in str(caught.value)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected TOML"):
        load(tmp_path, "[network\n")


def test_a_file_that_is_not_there_is_an_error_when_it_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected a readable"):
        load_config(tmp_path / "none.toml")


def test_a_mark_before_the_first_table_is_read_past(tmp_path: Path) -> None:
    (tmp_path / "wpswatch.toml").write_text(WHOLE, encoding="utf-8-sig")
    assert load_config(tmp_path / "wpswatch.toml").network.contact == "desk@example.org"


PATHS = """
[smtp]
host = "mail.example.org"
sender = "alerts@example.org"
password_file = "secrets/smtp"
ca_file = "/etc/ssl/own.pem"

[feeds]
dir = "public"

[[channels]]
name = "log"
type = "file"
path = "alerts.txt"
"""


def test_paths_follow_the_file_wherever_the_program_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    config = load(tmp_path, PATHS)

    assert config.smtp is not None
    assert config.feeds is not None
    assert (config.smtp.password_file, config.smtp.ca_file) == (f"{tmp_path}/secrets/smtp", "/etc/ssl/own.pem")
    assert (config.feeds.dir, config.channels[0].path) == (f"{tmp_path}/public", f"{tmp_path}/alerts.txt")


def test_paths_follow_the_folder_that_is_named(tmp_path: Path) -> None:
    assert load(tmp_path, f'folder = "/srv/wps"\n{PATHS}').channels[0].path == "/srv/wps/alerts.txt"


def test_a_folder_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="folder: expected a text"):
        load(tmp_path, "folder = 3")


def test_an_error_names_an_address_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, '[network]\nmirror = "ftp://desk:secret@mirror.test/"')
    assert "secret" not in str(caught.value)


def test_a_channel_names_its_themes_as_people_call_them(tmp_path: Path) -> None:
    config = load(tmp_path, "[[channels]]\nname = 'a'\ntype = 'stdout'\nthemes = ['GBV', 'CRSV', 'refugees']")

    assert config.channels[0].themes == ("Sexual and Gender-Based Violence", "Displacement and Humanitarian Response")
