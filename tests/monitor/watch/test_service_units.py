"""The units have the paths of the installation, and let it write to no other folder."""

from dataclasses import replace
from pathlib import PurePath

import pytest

from monitor.watch.service_units import SERVER, units


def test_a_server_keeps_its_data_in_the_state_folder_of_the_service() -> None:
    text = units(SERVER)["wpswatch.service"]
    assert "StateDirectory=wpswatch\n" in text
    assert "ProtectHome=yes\n" in text
    assert "ReadWritePaths" not in text


def test_data_in_a_home_can_be_written_and_the_rest_of_homes_only_read() -> None:
    place = replace(SERVER, data=PurePath("/home/me/wps"), written=(PurePath("/srv/feeds"), PurePath("/srv/feeds")))
    for name in ("wpswatch.service", "wpswatch-crawl.service"):
        text = units(place)[name]
        assert "StateDirectory" not in text
        assert "ProtectHome=read-only\n" in text
        assert [line for line in text.splitlines() if line.startswith("ReadWritePaths=")] == [
            "ReadWritePaths=/home/me/wps",
            "ReadWritePaths=/srv/feeds",
        ]


def test_a_path_with_a_space_is_one_word_and_a_percent_sign_is_kept() -> None:
    text = units(replace(SERVER, data=PurePath("/srv/my data/100%")))["wpswatch.service"]
    assert (
        'ExecStart=/opt/wpswatch/bin/wpswatch --data "/srv/my data/100%%" --config /etc/wpswatch.toml watch\n' in text
    )
    assert "WorkingDirectory=/srv/my data/100%%\n" in text


@pytest.mark.parametrize("odd", ['"', "'", "\\", "$", "\n"])
def test_a_path_that_would_say_something_else_in_a_unit_is_refused(odd: str) -> None:
    with pytest.raises(ValueError, match="expected a path that a unit can hold"):
        units(replace(SERVER, data=PurePath(f"/srv/a{odd}b")))
