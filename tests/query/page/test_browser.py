"""The page in a browser: whole in light and dark, on a telephone, by keyboard, without scripts, and alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("playwright", reason="the page is looked at with playwright: pip install -e '.[browser]'")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.query.page.test_hostile import MARKUP, NAME, RECORD_ID, build_hostile
from tests.query.page.test_serving import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to look at the page with")

OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
VIEWS = {
    "first page": "/",
    "answer": "/?q=低空经济",
    "close to it": "/?q=高质量发展 教育",
    "filtered": "/?q=低空经济&speaker==张艳丽&date==2025-02&share=1",
    "nothing": "/?q=量子计算&strict=1",
    "bad query": "/?q=低空 (经济",
    "not there": "/p/nobody",
    "paragraph": "/p/041303d71152",
    "speaker": "/speaker/张艳丽",
    "topic": "/topic/低空经济",
    "session": "/session/太原市第十五届人民代表大会第五次会议",
    "speakers": "/speakers",
    "topics": "/topics?sort=value",
    "status": "/status",
    "advanced": "/advanced",
    "English": "/?q=低空经济&lang=en",
}
HOSTILE = {
    "answer": "/?q=教育",
    "first page": "/",
    "paragraph": f"/p/{quote(RECORD_ID, safe='')}",
    "speaker": f"/speaker/{quote(NAME, safe='')}",
    "topic": f"/topic/{quote(MARKUP, safe='')}",
    "topics": "/topics",
    "status": "/status",
    "query": f"/?q={quote(MARKUP)}",
}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(page_index: Path) -> Iterator[str]:
    with serving(page_index) as (address, _):
        yield address


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_hostile(tmp_path_factory.mktemp("hostile"))) as (address, _):
        yield address


@pytest.fixture
def look(browser: Browser) -> Iterator[Open]:
    """Make a function that opens a page; at the end, nothing was asked of others, and no error told."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_(url: str, *, width: int = 1200, **options: Any) -> Page:
        size: Any = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        base = "/".join(url.split("/")[:3])
        page.on(
            "request",
            lambda each: None if each.url.startswith(base) else wrong.append(f"asks for {each.url}"),
        )
        page.on("console", lambda each: _note(each.text, wrong))
        page.on("pageerror", lambda each: wrong.append(str(each)))
        page.on("dialog", lambda each: wrong.append(each.message))
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def _note(text: str, wrong: list[str]) -> None:
    """Note what the console says, but for the status of a page that is meant to be an error."""
    if "the server responded with a status of 40" not in text:
        wrong.append(text)


def violations(page: Page) -> list[str]:
    """List what axe finds: the rules, each with the first element."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def is_too_wide(page: Page) -> bool:
    """Tell whether a reader has to scroll sideways."""
    script = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return bool(page.evaluate(script))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 320)])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_keeps_a_reader_out(look: Open, address: str, view: str, scheme: str, width: int) -> None:
    page = look(address + VIEWS[view], color_scheme=scheme, width=width)
    assert violations(page) == []
    assert not is_too_wide(page)


@pytest.mark.parametrize("view", HOSTILE)
def test_hostile_texts_are_only_texts(look: Open, hostile_address: str, view: str) -> None:
    for width in (1200, 320):
        page = look(hostile_address + HOSTILE[view], width=width)
        assert not is_too_wide(page)
        assert page.locator("img, iframe, main script").count() == 0
    assert violations(page) == []


def test_a_page_of_results_is_four_requests(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda each: asked.append(each.url))
        page.goto(address + VIEWS["answer"], wait_until="networkidle")
    assert 1 < len(asked) <= 4


@pytest.mark.parametrize("scripts", [True, False])
def test_a_search_is_typed_narrowed_and_read(look: Open, address: str, scripts: bool) -> None:  # noqa: FBT001
    page = look(address, java_script_enabled=scripts)
    page.get_by_role("combobox").fill("低空经济")
    page.get_by_role("button", name="检索").click()
    assert page.locator("#answer").inner_text() == "共 9 段"
    page.get_by_label("缩小范围").get_by_role("link", name="张艳丽").click()
    assert page.locator("#answer").inner_text() == "共 4 段"
    page.get_by_label("去掉条件 发言人：张艳丽").click()
    assert page.locator("#answer").inner_text() == "共 9 段"
    page.locator("article h3 a").first.click()
    assert page.locator(".par.this").count() == 1


def test_the_advanced_form_works_without_scripts(look: Open, address: str) -> None:
    page = look(f"{address}/advanced", java_script_enabled=False)
    page.get_by_label("含有全部词").fill("低空")
    page.get_by_label("发言人", exact=True).fill("张艳丽")
    page.get_by_role("button", name="写成检索式").click()
    assert page.locator("#q").input_value() == "低空 发言人：张艳丽"
    assert page.locator("#answer").inner_text() == "共 4 段"


def test_a_search_needs_only_the_keyboard(look: Open, address: str) -> None:
    page = look(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.locator("#q").focus()
    page.keyboard.type("低空经济")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    shown = page.evaluate(
        "[...document.querySelectorAll('.facets a, .hit h3 a')].map(a => a.getAttribute('href'))"
    )
    assert reached >= set(shown[:20])


def test_suggestions_are_chosen_by_the_keyboard(look: Open, address: str) -> None:
    page = look(address)
    box = page.get_by_role("combobox")
    box.press_sequentially("低空 zyl")
    option = page.get_by_role("option", name="张艳丽")
    option.wait_for()
    assert violations(page) == []
    box.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Enter")
    assert box.input_value() == "低空 张艳丽"
    assert page.get_by_role("option").count() == 0
    box.press("Enter")
    page.wait_for_selector("#answer")


def test_suggestions_are_left_with_escape_and_never_markup(look: Open, hostile_address: str) -> None:
    page = look(hostile_address)
    box = page.get_by_role("combobox")
    box.press_sequentially("赵某")
    page.get_by_role("option").first.wait_for()
    assert page.locator(".suggestions img, .suggestions script").count() == 0
    box.press("Escape")
    assert page.get_by_role("option").count() == 0


def test_in_print_there_is_what_is_to_be_read(look: Open, address: str) -> None:
    page = look(address + VIEWS["answer"])
    page.emulate_media(media="print")
    assert page.locator(".hit").first.is_visible()
    assert not page.locator(".search").is_visible()
    assert not page.locator(".facets").is_visible()
