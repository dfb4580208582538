"""The HTML page in a real browser: no error, no network, filters, links, keys, decisions there and back."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from runs import run_of

from audit.report import render

if TYPE_CHECKING:
    from collections.abc import Iterator

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no browser is here", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[1]
TEXT = (
    "Report\n\n"
    "1. Of 67 victims (27 women and 40 men) all were heard.\n\n"
    "2. It helped 47 people (27 women and 40 men) in 2023.\n\n"
    "3. Lawyers came for 6,524 of 7,908 people, or 82.4 per cent.\n\n"
    "4. There were 12 visits <script>document.title='hacked'</script> [/b] & more.\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Page:
    """A page with everything it complained about and everything it asked for."""

    def __init__(self, browser: Any, file: Path, **options: Any) -> None:
        self.page = browser.new_context(accept_downloads=True, **options).new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.address = file.as_uri()
        self.page.goto(self.address)

    def shown(self) -> list[str]:
        return [str(text) for text in self.page.locator(".finding:visible h3").all_text_contents()]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(render(run_of(TEXT), "html"))
    return path


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Page]:
    found = Page(browser, file)
    yield found
    assert found.complaints == []
    assert found.asked[0] == found.address
    assert [url for url in found.asked if not url.startswith(("file:", "blob:"))] == []
    found.page.context.close()


def test_findings_stand_in_the_order_of_their_severity(opened: Page) -> None:
    assert [text[:12] for text in opened.shown()] == ["47 is given ", "82.4 per cen"]
    assert opened.page.locator("#shown").text_content() == "2 of 2"
    assert opened.page.title() == "addsup: report.txt" or opened.page.title() == "addsup: Report"


def test_filters_by_severity_kind_and_words(opened: Page) -> None:
    page = opened.page
    page.locator('input[name="severity"][value="error"]').uncheck()
    assert [text[:4] for text in opened.shown()] == ["82.4"]
    page.locator('input[name="severity"][value="error"]').check()
    page.locator("#kind").select_option("sum")
    assert [text[:2] for text in opened.shown()] == ["47"]
    page.locator("#kind").select_option("")
    page.locator("#search").fill("lawyers")
    assert [text[:4] for text in opened.shown()] == ["82.4"]
    page.locator("#search").fill("nothing at all")
    assert opened.shown() == []
    assert page.locator("#shown").text_content() == "0 of 2"


def test_a_place_leads_into_the_text_and_a_figure_to_its_relations(opened: Page) -> None:
    page = opened.page
    page.locator(".finding .where a").first.click()
    target = page.locator(":target")
    assert target.text_content() == "47"
    assert "sum, contradicted: 47 ≠ 27 + 40 = 67" in page.locator("#panel").text_content()
    assert page.locator("b.lit").all_text_contents() == ["47", "27", "40"]
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_a_deep_link_shows_a_finding_that_is_filtered_out(opened: Page) -> None:
    page = opened.page
    ident = page.locator(".finding").first.get_attribute("id")
    page.locator("#search").fill("lawyers")
    page.evaluate(f"location.hash = '{ident}'")
    page.wait_for_function("document.querySelectorAll('.finding:not([hidden])').length === 2")
    assert page.locator(f"#{page.evaluate(f'CSS.escape({json.dumps(ident)})')}").is_visible()


def test_keys_move_between_findings_and_to_the_search(opened: Page) -> None:
    page = opened.page
    page.keyboard.press("j")
    assert page.locator(".finding.current h3").text_content().startswith("47 is given")
    page.keyboard.press("j")
    assert page.locator(".finding.current h3").text_content().startswith("82.4")
    page.keyboard.press("k")
    assert page.locator(".finding.current h3").text_content().startswith("47 is given")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_a_decision_is_kept_and_taken_away_as_a_file(opened: Page, tmp_path: Path) -> None:
    page = opened.page
    form = page.locator(".finding").first.locator("form")
    form.get_by_label("not an error").check()
    assert "wanted" in (form.locator("input[name=reason]").get_attribute("class") or "")
    form.locator("input[name=reason]").fill("the groups overlap")
    form.locator("input[name=owner]").fill("Ana")
    assert page.locator("#save").text_content() == "Download decisions (1)"
    page.reload()
    again = page.locator(".finding").first.locator("form")
    assert again.locator("input[name=reason]").input_value() == "the groups overlap"
    with page.expect_download() as download:
        page.locator("#save").click()
    download.value.save_as(tmp_path / "decisions.json")
    data = json.loads((tmp_path / "decisions.json").read_text(encoding="utf-8"))
    (row,) = data["decisions"]
    assert (row["decision"], row["reason"], row["owner"]) == ("not-an-error", "the groups overlap", "Ana")
    assert row["fingerprint"] == page.locator(".finding").first.get_attribute("data-fingerprint")
    assert data["sources"][0]["path"] == "report.txt"


def test_the_theme_goes_round_and_is_kept(opened: Page) -> None:
    page = opened.page
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    page.locator("#theme").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("width", [320, 800, 1400])
def test_nothing_runs_over_the_side(browser: Any, file: Path, width: int) -> None:
    found = Page(browser, file, viewport={"width": width, "height": 800})
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
    found.page.context.close()


def test_without_script_everything_can_be_read(browser: Any, file: Path) -> None:
    found = Page(browser, file, java_script_enabled=False)
    assert found.page.locator(".finding").count() == 2
    assert found.page.locator("#filters").is_hidden()
    found.page.context.close()


def test_the_words_of_a_document_never_run(opened: Page) -> None:
    assert opened.page.title() != "hacked"
    assert "<script>document.title='hacked'</script>" in opened.page.locator(".document").inner_text()


def test_two_thousand_findings_stay_usable(browser: Any, tmp_path: Path) -> None:
    text = "".join(f"{n}. It helped 4{n} people ({n} women and 9{n} men) in 2023.\n\n" for n in range(10, 2010))
    run = run_of(text)
    assert len(run.findings) == 2000
    file = tmp_path / "many.html"
    file.write_bytes(render(run, "html"))
    start = time.monotonic()
    found = Page(browser, file)
    found.page.locator("#search").fill("41999 is")
    found.page.wait_for_function("document.querySelector('#shown').textContent === '1 of 2000'")
    assert time.monotonic() - start < 20
    found.page.context.close()
