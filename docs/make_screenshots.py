"""Takes the pictures of the README: the report on fixtures/demo in an installed Chromium.

    python docs/make_screenshots.py

Writes docs/report.png (1280 pixels wide, from the top to the end of the first finding) and docs/report-phone.png (390
pixels wide, the first finding as a phone shows it).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parent
DEMO = DOCS.parent / "fixtures" / "demo"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DESK, PHONE = (1280, 900), (390, 844)  # width and height in pixels
MARGIN = 24  # pixels left below what a picture ends with


def write_report(path: Path) -> None:
    """The demo's report; paths in it are as short as a user's would be."""
    command = [sys.executable, "-m", "audit", "check", "article.md", "--source", "interview.md", "--exit-zero"]
    subprocess.run([*command, "--out", f"html={path}"], cwd=DEMO, check=True, stdout=subprocess.DEVNULL)


def open_report(browser: Browser, report: Path, size: tuple[int, int]) -> Page:
    """The report in a window of that size, in its light colours."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme="light")
    page.goto(report.as_uri())
    return page


def first_finding(page: Page) -> tuple[int, int]:
    """Where the first finding begins and ends, in pixels from the top of the page."""
    box = page.locator("[id^='f-']").first.bounding_box()
    assert box is not None, "the demo has findings"
    return int(box["y"]), int(box["y"] + box["height"])


def take_pictures(browser: Browser, report: Path) -> None:
    """Both pictures."""
    page = open_report(browser, report, DESK)
    bottom = first_finding(page)[1] + MARGIN
    page.screenshot(path=DOCS / "report.png", full_page=True, clip={"x": 0, "y": 0, "width": DESK[0], "height": bottom})
    page = open_report(browser, report, PHONE)
    page.mouse.wheel(0, first_finding(page)[0] - 3 * MARGIN)
    page.wait_for_timeout(300)
    page.screenshot(path=DOCS / "report-phone.png")


def main() -> None:
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        sys.exit(f"no browser here; one of {', '.join(BROWSERS)} is needed")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        write_report(report)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        take_pictures(browser, report)
        browser.close()


if __name__ == "__main__":
    main()
