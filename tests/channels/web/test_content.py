"""What the page draws: complete, quoted to the letter, of any fact base."""

from __future__ import annotations

import json

import pytest

from bot import paths
from bot.channels.web.content import MAX_QUESTIONS, content
from bot.facts.base import FactBase
from bot.facts.loader import load
from tests.support.factbase import small


@pytest.fixture(params=["small", "article"])
def base(request: pytest.FixtureRequest) -> FactBase:
    return small() if request.param == "small" else load()


def test_article_is_whole(base: FactBase) -> None:
    shown = content(base)
    sentences = [sentence for paragraph in shown["paragraphs"] for sentence in paragraph["sentences"]]
    assert shown["title"] == base.article.text.splitlines()[0]
    assert [sentence["id"] for sentence in sentences] == list(base.article.sentences)[1:]
    for sentence in sentences:
        assert sentence["text"] == base.article.text[sentence["start"] : sentence["end"]]
        assert len(sentence["questions"]) <= MAX_QUESTIONS
    text = " ".join(sentence["text"] for sentence in sentences)
    assert text == " ".join(base.article.text.split("\n", 1)[1].split())


def test_ends_of_relations_are_entities_of_the_map(base: FactBase) -> None:
    drawn = content(base)["map"]
    ids = {entity["id"] for entity in drawn["entities"]}
    assert drawn["relations"]
    for relation in drawn["relations"]:
        assert {relation["from"], relation["to"]} <= ids
        assert "source" not in relation


def test_each_entity_of_the_map_stands_in_one_column_with_a_heading(base: FactBase) -> None:
    drawn = content(base)["map"]
    for entity in drawn["entities"]:
        assert [entity["type"] in column["kinds"] for column in drawn["columns"]].count(True) == 1
        assert entity["form"] in ("plain", "round", "double")
    for column in drawn["columns"]:
        assert "en" in column["title"]


def test_the_maps_headings_are_there_in_each_language_of_the_page() -> None:
    languages = {file.stem for file in (paths.ROOT / "web" / "src" / "strings").glob("*.json")}
    assert all(set(column["title"]) == languages for column in content(load())["map"]["columns"])


def test_timeline_has_words_for_its_key_and_for_those_who_do_not_see(base: FactBase) -> None:
    timeline = content(base)["timeline"]
    assert {item["dating"] for item in timeline["items"]} <= {"stated", "counted", "undated", "unplaced"}
    for key in ("title", "stated", "counted", "undated", "unplaced"):
        assert timeline[key]
    for item in timeline["items"]:
        assert item["says"] in timeline["alt"]


def test_content_is_plain_json_without_markup(base: FactBase) -> None:
    assert json.loads(json.dumps(content(base))) == content(base)
    assert "<" not in json.dumps(content(base))
    assert content(base)["texts"]["examples"] == base.wording["examples"]
