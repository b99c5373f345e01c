"""The units by which systemd runs the program, with the paths of an installation. Pure: it only writes the texts.

`deploy/` holds the same units with the paths of a usual server.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

STATE = PurePath("/var/lib")
HOMES = (PurePath("/home"), PurePath("/root"))
PASSING = (PurePath("/tmp"), PurePath("/var/tmp"))  # noqa: S108 - not written to: a service has its own in their place


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where an installation is: the program, its data folder, its settings, and the user it runs as.

    `written` are the other folders that the settings make it write to: feeds, and files of alerts.
    """

    program: PurePath
    data: PurePath
    config: PurePath
    user: str
    written: tuple[PurePath, ...] = ()


SERVER = UnitPlace(
    program=PurePath("/opt/wpswatch/bin/wpswatch"),
    data=PurePath("/var/lib/wpswatch"),
    config=PurePath("/etc/wpswatch.toml"),
    user="wpswatch",
)
"""The usual server, whose units stand in deploy/."""


def units(place: UnitPlace) -> Mapping[str, str]:
    """The text of each unit by its file name: a watch that stays, or a crawl each hour by a timer.

    Raises:
        ValueError: a path can't stand in a unit.
    """
    return {
        "wpswatch.service": _text(
            _unit("wpswatch, what the UN Security Council says about women"),
            _service(
                place,
                "notify",
                "watch",
                "ExecReload=/bin/kill -HUP $MAINPID",
                "KillMode=mixed",
                "TimeoutStopSec=60",
                "Restart=on-failure",
                "RestartSec=60",
                "WatchdogSec=300",
                *_walls(place),
            ),
            ["[Install]", "WantedBy=multi-user.target"],
        ),
        "wpswatch-crawl.service": _text(
            _unit("One crawl of wpswatch"),
            _service(place, "oneshot", "crawl --wait 30", "KillMode=mixed", "SuccessExitStatus=3", *_walls(place)),
        ),
        "wpswatch-crawl.timer": _text(
            ["[Unit]", "Description=A crawl of wpswatch each hour"],
            ["[Timer]", "OnCalendar=*-*-* *:17:00 UTC", "RandomizedDelaySec=300", "Persistent=true"],
            ["[Install]", "WantedBy=timers.target"],
        ),
    }


def _text(*sections: Iterable[str]) -> str:
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _unit(description: str) -> list[str]:
    return ["[Unit]", f"Description={description}", "Wants=network-online.target", "After=network-online.target"]


def _service(place: UnitPlace, kind: str, command: str, *more: str) -> list[str]:
    start = f"{_word(place.program)} --data {_word(place.data)} --config {_word(place.config)} {command}"
    state = [f"StateDirectory={place.data.name}"] if place.data.parent == STATE else []
    where = f"WorkingDirectory={_word(place.data).strip(chr(34))}"
    return ["[Service]", f"Type={kind}", f"User={place.user}", *state, where, f"ExecStart={start}", *more]


def _walls(place: UnitPlace) -> list[str]:
    """What keeps the service in: it writes to its data and the folders of its settings, and reads homes if it must."""
    used = (place.program, place.data, place.config, *place.written)
    written = list(dict.fromkeys([*([] if place.data.parent == STATE else [place.data]), *place.written]))
    return [
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        f"ProtectHome={'read-only' if _is_below(HOMES, used) else 'yes'}",
        f"PrivateTmp={'no' if _is_below(PASSING, used) else 'yes'}",
        *(f"ReadWritePaths={_word(path)}" for path in written),
    ]


def _is_below(folders: Iterable[PurePath], paths: Iterable[PurePath]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders for path in paths)


def _word(path: PurePath) -> str:
    """A path as one word of a line: one with a space stands in quotation marks, and % is doubled.

    Raises:
        ValueError: it has a sign that means something else in a unit.
    """
    text = str(path)
    if odd := [sign for sign in text if sign in "\"'\\$" or not sign.isprintable()]:
        raise ValueError(f"expected a path that a unit can hold, found {odd[0]!r} in {text}")
    text = text.replace("%", "%%")
    return f'"{text}"' if " " in text else text
