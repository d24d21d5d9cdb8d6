"""`report.html` and the page of a trend in a real browser: on a desk, on a phone, in the dark, on paper."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from report.browser import Browser, found_browser
from report.stories import a_bad_run, a_good_run, a_stopped_run, a_trend, lead
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from leadsync.report.about import FieldChange, FieldChanges
from leadsync.report.page import page, trend_page

PAGES = ("good", "bad", "stopped", "part", "trend")
CONTRAST = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const light = (color) => {
  canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  const part = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  return a ? 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b) : null;
};
const behind = (node) => {
  for (let n = node; n; n = n.parentElement) {
    const found = light(getComputedStyle(n).backgroundColor);
    if (found !== null) return found;
  }
  return light("Canvas");
};
const poor = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !node.getClientRects().length) continue;
  const style = getComputedStyle(node);
  const [one, other] = [light(node.closest("svg") ? style.fill : style.color), behind(node)].sort((a, b) => b - a);
  if ((one + 0.05) / (other + 0.05) < 4.5) poor.add(`${node.tagName}.${node.className}: ${walker.currentNode.data}`);
}
return [...poor];
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser for all tests of this file."""
    browser = found_browser()
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the pages of some runs."""
    folder = tmp_path_factory.mktemp("pages")
    about, problems = a_bad_run(24)
    stopped, left = a_stopped_run()
    part = page(replace(about, selection="24 rows of 9,000: those with status invalid."), problems, 24)
    runs = page(a_good_run(), [], 0), page(about, problems, 24), page(stopped, left, 5), part
    contents = (*runs, trend_page(a_trend()))
    paths = {name: folder / f"{name}.html" for name in PAGES}
    for path, content in zip(paths.values(), contents, strict=True):
        path.write_bytes(content)
    return paths


def shown_rows(browser: Browser) -> list[str]:
    """Give the codes of the rows that can be seen."""
    rows = "[...document.querySelectorAll('.problems tbody tr')]"
    codes: list[str] = browser.tell(f"return {rows}.filter(r => r.offsetHeight).map(r => r.dataset.code)")
    return codes


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_fits_its_window_and_nothing_is_complained_of(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    """No scrolling to the side, no error of the script, no breach of the policy, on a desk and on a phone."""
    browser.open(pages[name], width=width)
    assert browser.tell("return document.documentElement.scrollWidth") == width
    assert browser.complaints() == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_can_be_read(browser: Browser, pages: dict[str, Path], name: str, *, dark: bool) -> None:
    """Each text stands out from what is behind it at 4.5 to 1 (WCAG 2.2, 1.4.3), by day and by night."""
    browser.open(pages[name], dark=dark)
    background = browser.tell("return getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") is not dark
    assert browser.tell(CONTRAST) == []


def test_the_policy_is_in_force(browser: Browser, pages: dict[str, Path], tmp_path: Path) -> None:
    """Were something of a source ever taken for a script or a picture, the browser would refuse it."""
    content = pages["bad"].read_text(encoding="utf-8")
    injected = "<script>document.title = 'run'</script><p style='color: red'>x</p><img src='file:///nothing.png'>"
    (tmp_path / "injected.html").write_text(content.replace("<footer>", f"{injected}<footer>"), encoding="utf-8")
    browser.open(tmp_path / "injected.html")
    assert browser.tell("return document.title") != "run"
    complaints = browser.complaints()
    for what in ("inline script", "inline style", "nothing.png"):
        assert any("Content Security Policy" in each and what in each for each in complaints), what


def test_rows_are_searched_and_filtered(browser: Browser, pages: dict[str, Path]) -> None:
    """Words, status and code narrow the rows down; the count is told; one press shows all again."""
    browser.open(pages["bad"])
    words = browser.driver.find_element(By.ID, "words")
    count = browser.driver.find_element(By.ID, "count")
    assert (len(shown_rows(browser)), count.text) == (24, "24 of 24 rows")
    words.send_keys("PLATIN tier")
    assert (set(shown_rows(browser)), count.text) == ({"not_in_lookup"}, "3 of 24 rows")
    Select(browser.driver.find_element(By.ID, "status")).select_by_value("rejected")
    assert (shown_rows(browser), count.text) == ([], "0 of 24 rows")
    assert browser.driver.find_element(By.ID, "nothing").is_displayed()
    browser.driver.find_element(By.ID, "clear").click()
    assert len(shown_rows(browser)) == 24
    Select(browser.driver.find_element(By.ID, "code")).select_by_visible_text("no_answer")
    assert set(shown_rows(browser)) == {"no_answer"}
    assert browser.complaints() == []


def test_a_code_leads_to_its_rows(browser: Browser, pages: dict[str, Path]) -> None:
    """The link beside a code shows that code's rows and no others; the address stays as it is."""
    browser.open(pages["bad"])
    browser.driver.find_element(By.CSS_SELECTOR, "[data-show=lead_not_found]").click()
    assert set(shown_rows(browser)) == {"lead_not_found"}
    assert browser.tell("return location.hash + document.activeElement.id") == "rows"


def test_all_can_be_read_without_scripts(browser: Browser, pages: dict[str, Path]) -> None:
    """Every row is there, and no tool that would not work."""
    browser.open(pages["bad"], scripts=False)
    assert len(shown_rows(browser)) == 24
    assert not browser.driver.find_element(By.CLASS_NAME, "tools").is_displayed()
    browser.driver.find_element(By.CSS_SELECTOR, "[data-show=lead_not_found]").click()
    assert browser.tell("return document.querySelector('tr:target').dataset.code") == "lead_not_found"


@pytest.mark.parametrize("width", [1280, 800, 360])
def test_no_line_ends_within_a_cells_name(browser: Browser, tmp_path: Path, width: int) -> None:
    """Whatever the file is called, `D130` stands on one line; so do our own words for what is no text."""
    about, problems = a_bad_run(8)
    place = "hubspot_contacts_of_the_nordic_countries.csv!D130"
    changes = FieldChanges(
        {"phone": 2},
        [FieldChange(place, lead(1), "phone", "", "1" * 200), FieldChange("Leads!4", lead(2), "x", "1", "")],
    )
    examples = [replace(example, place=place) for example in about.examples]
    about = replace(about, changes=changes, examples=examples)
    path = tmp_path / "page.html"
    path.write_bytes(page(about, [replace(problem, place=place) for problem in problems], 8))
    browser.open(path, width=width)
    torn = "return [...document.querySelectorAll('.cell, td i')].filter(e => e.getClientRects().length !== 1).length"
    assert browser.tell("return document.querySelectorAll('span.cell').length") > 16
    assert browser.tell(torn) == 0
    assert browser.tell("return document.documentElement.scrollWidth") == width
    wide = "return [...document.querySelectorAll('.changes tbody td')].every(c => c.offsetWidth > 130)"
    assert browser.tell(wide)


def test_the_keyboard_reaches_everything(browser: Browser, pages: dict[str, Path]) -> None:
    """The first stop is a link past the heading, and what has the focus can be seen."""
    browser.open(pages["bad"], width=360)
    browser.driver.switch_to.active_element.send_keys("\ue004")
    active = "const a = document.activeElement"
    focused = f"{active}; return [a.className, getComputedStyle(a).outlineStyle, a.offsetLeft >= 0]"
    assert browser.tell(focused) == ["skip", "solid", True]
    scrolled = (
        "return [...document.querySelectorAll('.scroll')].every(e => e.tabIndex === 0 && e.getAttribute('aria-label'))"
    )
    assert browser.tell(scrolled)


def test_headings_and_tables_tell_where_one_is(browser: Browser, pages: dict[str, Path]) -> None:
    """One h1, no level left out; each table has a caption and scopes; each chart a role and a name."""
    for name in PAGES:
        browser.open(pages[name])
        levels = browser.tell("return [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert browser.tell("return [...document.querySelectorAll('table')].every(t => t.caption)")
        assert browser.tell("return [...document.querySelectorAll('th')].every(h => h.scope)")
        svgs = "return [...document.querySelectorAll('svg')].filter(s => !s.closest('[role=img],[aria-hidden]')).length"
        assert browser.tell(svgs) == 0
        assert browser.tell("return document.documentElement.lang + document.querySelectorAll('main').length") == "en1"


def test_a_page_can_be_printed(browser: Browser, pages: dict[str, Path]) -> None:
    """On paper there are some pages, also where the screen is dark."""
    browser.open(pages["bad"], dark=True)
    pdf, count = browser.printed()
    assert pdf.startswith(b"%PDF")
    assert 2 <= count <= 12
