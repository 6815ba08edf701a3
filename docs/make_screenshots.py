"""Takes the pictures of the README: the report on fixtures/demo in an installed Chromium.

    python docs/make_screenshots.py

Writes docs/report.png (1280 pixels wide) and docs/report-phone.png (390 pixels wide), both cut off below what fits.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

DOCS = Path(__file__).parent
DEMO = DOCS.parent / "fixtures" / "demo"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PICTURES = {"report.png": (1280, 1180), "report-phone.png": (390, 844)}  # pixels


def write_report(path: Path) -> None:
    """The demo's report; paths in it are as short as a user's would be."""
    command = [sys.executable, "-m", "audit", "check", "article.md", "--source", "interview.md", "--exit-zero"]
    subprocess.run([*command, "--out", f"html={path}"], cwd=DEMO, check=True, stdout=subprocess.DEVNULL)


def take(browser: Browser, report: Path, picture: Path, width: int, height: int) -> None:
    """One picture of the top of the page, in its light colours."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.goto(report.as_uri())
    page.screenshot(path=picture)
    page.close()


def main() -> None:
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        sys.exit(f"no browser here; one of {', '.join(BROWSERS)} is needed")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        write_report(report)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, (width, height) in PICTURES.items():
            take(browser, report, DOCS / name, width, height)
            print(DOCS / name)
        browser.close()


if __name__ == "__main__":
    main()
