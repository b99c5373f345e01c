"""Makes the pictures of the pages from the real program: `python -m tests.docs.pictures`.

`show.svg` is what `wpswatch show` prints on a terminal, `mail.png` the page of an alert's mail. The
second needs Chromium and pngquant.
"""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.paths import ROOT

PICTURES = ROOT / "docs/pictures"
SHOWN = ("show", "2387", "43 (d) (ii)")
STYLE = re.compile(r"\x1b\[([\d;]*)m")
COLOURS = {"1": "#ffffff", "2": "#8b949e", "36": "#56d4dd"}
LINE, MARGIN, LETTER = 19, 16, 8.4
"""In pixels: the height of a line, the margin, the width of a letter."""


def main() -> int:
    """Make both pictures of a demo's data."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "demo"
        _run("demo", "--keep", str(data))
        command = f"wpswatch show {SHOWN[1]} '{SHOWN[2]}'"
        (PICTURES / "show.svg").write_text(svg(command, on_terminal(data, *SHOWN)), encoding="utf-8")
        if shutil.which("chromium") is None or shutil.which("pngquant") is None:
            print("mail.png stays as it is: expected chromium and pngquant, found not both", file=sys.stderr)
            return 1
        alerts = json.loads(_run("--data", str(data), "alerts", "--json"))
        changed = next(alert["alert"] for alert in alerts if alert["event"] == "extract.changed")
        page = Path(folder) / "alert.html"
        page.write_text(_run("--data", str(data), "alerts", "--show", changed, "--html"), encoding="utf-8")
        _photograph(page, PICTURES / "mail.png")
    return 0


def _run(*arguments: str) -> str:
    command = [sys.executable, "-m", "monitor.cli.main", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def on_terminal(data: Path, *arguments: str) -> str:
    """What the command prints on a terminal, with its colours."""
    main_end, end = pty.openpty()
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "monitor.cli.main", "--data", str(data), *arguments]
    with subprocess.Popen(command, stdout=end, env=environment) as process:
        os.close(end)
        printed = b"".join(iter(lambda: _read(main_end), b""))
    os.close(main_end)
    assert process.returncode == 0
    return printed.decode().replace("\r\n", "\n")


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def svg(command: str, printed: str) -> str:
    """A terminal's screen: the command, and what it printed."""
    lines = [f"\x1b[2m$\x1b[0m {command}", *printed.rstrip("\n").split("\n")]
    height = 2 * MARGIN + LINE * len(lines)
    width = 2 * MARGIN + round(max(len(STYLE.sub("", line)) for line in lines) * LETTER)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">',
        f"<title>{escape(command)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>',
    ]
    for number, line in enumerate(lines):
        spans = "".join(_spans(line))
        parts.append(f'<text xml:space="preserve" y="{MARGIN + LINE * number + 14}">{spans}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _spans(line: str) -> Iterator[str]:
    """The pieces of a line between two changes of style, each as wide as its letters on a terminal."""
    column, colour, weight = 0, "#c9d1d9", ""
    for piece in re.split(r"(\x1b\[[\d;]*m)", line):
        if style := STYLE.fullmatch(piece):
            codes = style[1].split(";")
            colour = next((COLOURS[code] for code in reversed(codes) if code in COLOURS), "#c9d1d9")
            weight = ' font-weight="bold"' if "1" in codes else ""
        elif piece:
            left = MARGIN + column * LETTER
            place = f'x="{left:.1f}" textLength="{len(piece) * LETTER:.1f}"'
            yield f'<tspan {place} fill="{colour}"{weight}>{escape(piece)}</tspan>'
            column += len(piece)


def _photograph(page: Path, picture: Path) -> None:
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--disable-lcd-text", "--window-size=680,720"]
    command = ["chromium", *options, f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True)
    subprocess.run(["pngquant", "--force", "--strip", "--output", picture, "64", picture], check=True)


if __name__ == "__main__":
    sys.exit(main())
