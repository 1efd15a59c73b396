"""`josi gold` as a coach and a colleague use it: the page in a browser, the sheet, and what is taken in."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, sync_playwright

from tasks.data.gold import FOLDER, State, load_gold
from tests.browser import _ARGUMENTS, MISSING, chromium

needs_browser = pytest.mark.skipif(not chromium(), reason=MISSING)


def josi(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "cli.main", "gold", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"}, check=False, timeout=120
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "gold")


@contextmanager
def browser() -> Iterator[Page]:
    """A page in the system's Chromium that fails the test when a script does."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(_ARGUMENTS))
        try:
            page = started.new_page(viewport={"width": 1400, "height": 900}, accept_downloads=True)
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            yield page
            assert not faults, faults
        finally:
            started.close()


def card(page: Page, name: str) -> Locator:
    return page.locator(f"#{name}")


def press(card: Locator, name: str) -> None:
    card.get_by_role("button", name=name, exact=True).click()


def save(page: Page, to: Path) -> Path:
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my review").click()
    saved.value.save_as(to / saved.value.suggested_filename)
    return to / saved.value.suggested_filename


@needs_browser
def test_a_coach_reviews_on_the_page_and_the_answers_change(folder: Path, tmp_path: Path) -> None:
    made = josi("page", "-o", tmp_path / "review.html", "--folder", folder)
    assert made.returncode == 0, made.stderr
    one, two, three = load_gold(folder)[:3]
    text = one.entry.answer.replace("hungry", "cross")
    with browser() as page:
        page.goto((tmp_path / "review.html").as_uri())
        card(page, one.name).locator("textarea").fill(text)
        press(card(page, one.name), "Change")
        press(card(page, two.name), "Approve")
        card(page, three.name).locator(".note").fill("I would not say it like this")
        press(card(page, three.name), "Comment")
        page.get_by_label("Your name").fill("Robin de Vries")
        review = save(page, tmp_path)

    assert re.fullmatch(r"gold-review-robin-de-vries-\d{4}-\d\d-\d\d\.json", review.name)
    done = josi("apply", review, "--folder", folder)
    assert done.returncode == 0, done.stderr
    assert "1 approved, 1 changed, 1 commented" in done.stdout
    now = {gold.name: gold for gold in load_gold(folder)}
    assert [now[gold.name].state for gold in (one, two, three)] == [State.CHANGED, State.APPROVED, State.DRAFT]
    assert now[one.name].entry.answer == text
    assert now[three.name].entry.review.note == "I would not say it like this"
    assert {now[gold.name].entry.review.reviewer for gold in (one, two, three)} == {"Robin de Vries"}


@needs_browser
def test_the_page_needs_no_network_keeps_progress_and_filters(folder: Path, tmp_path: Path) -> None:
    josi("page", "-o", tmp_path / "review.html", "--folder", folder)
    golds = load_gold(folder)
    with browser() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "review.html").as_uri())
        press(card(page, golds[0].name), "Approve")
        card(page, golds[1].name).locator("textarea").fill("Half way? Through 99 words?")
        page.reload()

        assert page.locator("#done").inner_text() == "1"
        assert card(page, golds[1].name).locator("textarea").input_value() == "Half way? Through 99 words?"
        assert card(page, golds[1].name).locator(".hints").inner_text() == "not given: 99 · more than one question"
        assert card(page, golds[1].name).locator(".words").inner_text() == "5 words"
        page.get_by_label("Situation").select_option("medical_stop")
        page.get_by_label("Language").select_option("nl")
        assert page.locator(".card:visible").evaluate_all("all => all.map(one => one.id)") == ["medical-nl-enkel"]
        assert all(url.startswith("file://") for url in asked)


@needs_browser
def test_an_approval_of_other_words_is_none_and_a_name_is_asked_for(folder: Path, tmp_path: Path) -> None:
    josi("page", "-o", tmp_path / "review.html", "--folder", folder)
    one, two = load_gold(folder)[:2]
    with browser() as page:
        page.goto((tmp_path / "review.html").as_uri())
        press(card(page, one.name), "Approve")
        press(card(page, two.name), "Approve")
        card(page, one.name).locator("textarea").fill("Other words.")

        assert card(page, one.name).get_by_role("button", name="Approve", exact=True).is_disabled()
        page.get_by_role("button", name="Save my review").click()
        assert page.get_by_role("alert").inner_text() == "Please fill in your name first."
        page.get_by_label("Your name").fill("Kim")
        review = json.loads(save(page, tmp_path).read_text("utf-8"))

    assert [edit["name"] for edit in review["edits"]] == [two.name]


@needs_browser
def test_what_athletes_and_coaches_write_cannot_become_a_script(folder: Path, tmp_path: Path) -> None:
    path = folder / "rest_day.yaml"
    evil = "</textarea></script><script>document.title='owned'</script><img src=x onerror=document.title='owned'>"
    path.write_text(path.read_text("utf-8").replace("caged tiger", f'caged "{evil}" tiger'), "utf-8")
    josi("page", "-o", tmp_path / "review.html", "--folder", folder)
    with browser() as page:
        page.goto((tmp_path / "review.html").as_uri())

        assert page.title() == "Gold answers to review"
        assert evil in page.locator("#rest-restless .message").inner_text()


def test_a_stale_review_exits_with_1_names_the_refused_and_takes_the_rest(folder: Path, tmp_path: Path) -> None:
    josi("sheet", "-o", tmp_path / "review.csv", "--folder", folder)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "review.csv").read_text("utf-8-sig"), newline="")))
    first, second = rows[0]["name"], rows[1]["name"]
    rows[0]["verdict"] = rows[1]["verdict"] = "approve"
    with (tmp_path / "review.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    path = folder / "workout_built.yaml"
    path.write_text(path.read_text("utf-8").replace("hungry", "cross", 1), "utf-8")
    done = josi("apply", tmp_path / "review.csv", "--reviewer", "Robin", "--folder", folder, "--json")
    told = json.loads(done.stdout)

    assert done.returncode == 1
    assert (told["approved"], [one["name"] for one in told["refused"]]) == ([second], [first])
    assert "josi gold page" in told["refused"][0]["remedy"]
    assert {gold.name: gold.state for gold in load_gold(folder)}[second] is State.APPROVED


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("review.json", "{}", "josi_gold_review: Field required"),
        ("review.json", "no json", "is no review that the page saved"),
        ("review.csv", "a,b\n", "lacks the columns name"),
    ],
)
def test_a_file_that_is_no_review_is_refused_whole(
    folder: Path, tmp_path: Path, name: str, content: str, told: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    done = josi("apply", tmp_path / name, "--folder", folder)

    assert done.returncode == 1
    assert told in " ".join(done.stderr.split())
    assert "Remedy:" in done.stderr
    assert "Traceback" not in done.stderr


def test_stats_count_and_exit_with_1_where_an_answer_breaks_a_rule(folder: Path) -> None:
    good = josi("stats", "--folder", folder, "--json")
    path = folder / "rest_day.yaml"
    path.write_text(path.read_text("utf-8").replace("slow walk and", "9 km walk and"), "utf-8")
    bad = josi("stats", "--folder", folder)

    assert (good.returncode, json.loads(good.stdout)["answers"]) == (0, len(load_gold()))
    assert bad.returncode == 1
    assert "rest_day.yaml:3 rest-restless" in bad.stdout


def test_help_shows_how_a_review_goes_round() -> None:
    told = josi("--help").stdout

    assert all(f" {command} " in told for command in ("page", "sheet", "apply", "stats"))
    assert "josi gold apply" in josi("page", "--help").stdout
