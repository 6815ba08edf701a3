"""Takes the pictures of the README: the report on fixtures/demo in an installed Chromium.

    python docs/make_screenshots.py

Writes into docs/: report.png (1280 pixels wide, from the top to the end of the first finding), report-dark.png (the
texts side by side in dark colours), report-phone.png (390 pixels wide, the first finding as a phone shows it) and
report-print.png (the first two printed pages; that one needs pdftoppm, of poppler-utils, and is left as it is without).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

Scheme = Literal["light", "dark"]

DOCS = Path(__file__).parent
DEMO = DOCS.parent / "fixtures" / "demo"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DESK, PHONE = (1280, 900), (390, 844)  # width and height in pixels
SHEET = 560  # width of a printed page in pixels
MARGIN = 24  # pixels left below what a picture ends with


def write_report(path: Path) -> None:
    """The demo's report; paths in it are as short as a user's would be."""
    command = [sys.executable, "-m", "audit", "check", "article.md", "--source", "interview.md", "--exit-zero"]
    subprocess.run([*command, "--out", f"html={path}"], cwd=DEMO, check=True, stdout=subprocess.DEVNULL)


def open_report(browser: Browser, report: Path, size: tuple[int, int], scheme: Scheme = "light") -> Page:
    """The report in a window of that size."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.goto(report.as_uri())
    return page


def first_finding(page: Page) -> tuple[int, int]:
    """Where the first finding begins and ends, in pixels from the top of the page."""
    box = page.locator("[id^='f-']").first.bounding_box()
    assert box is not None, "the demo has findings"
    return int(box["y"]), int(box["y"] + box["height"])


def take_pictures(browser: Browser, report: Path) -> None:
    """All pictures."""
    page = open_report(browser, report, DESK)
    bottom = first_finding(page)[1] + MARGIN
    page.screenshot(path=DOCS / "report.png", full_page=True, clip={"x": 0, "y": 0, "width": DESK[0], "height": bottom})
    page = open_report(browser, report, DESK, "dark")
    select_mark(page)
    page.screenshot(path=DOCS / "report-dark.png")
    page = open_report(browser, report, PHONE)
    page.mouse.wheel(0, first_finding(page)[0] - 3 * MARGIN)
    page.wait_for_timeout(300)
    page.screenshot(path=DOCS / "report-phone.png")
    print_report(browser, report)


def select_mark(page: Page) -> None:
    """The texts, with the words of the second finding chosen, so that the interview stands beside them."""
    second = page.locator("[id^='f-']").nth(1).get_attribute("id") or ""
    page.evaluate("document.querySelector('.panes').scrollIntoView()")
    page.locator(f"[id='e-{second.removeprefix('f-')}-1']").click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)


def print_report(browser: Browser, report: Path) -> None:
    """The first two printed pages, side by side."""
    program = shutil.which("pdftoppm")
    if program is None:
        print("no pdftoppm here: report-print.png stays as it is", file=sys.stderr)
        return
    pdf = report.with_suffix(".pdf")
    open_report(browser, report, DESK).pdf(path=pdf, format="A4", prefer_css_page_size=True)
    subprocess.run([program, "-png", "-r", "80", "-l", "2", str(pdf), str(report.with_name("page"))], check=True)
    sheets = sorted(report.parent.glob("page-*.png"))
    page = browser.new_page(viewport={"width": 2 * SHEET + 3 * MARGIN, "height": 900})
    images = "".join(f"<img width={SHEET} src='{sheet.as_uri()}'>" for sheet in sheets)
    album = report.with_name("album.html")
    album.write_text(
        f"<body style='margin:0;padding:{MARGIN}px;background:#8a8a8a;display:flex;gap:{MARGIN}px'>{images}",
        encoding="utf-8",
    )
    page.goto(album.as_uri())
    page.locator("body").screenshot(path=DOCS / "report-print.png")


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
