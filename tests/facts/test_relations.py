"""Who stood where: who is shown, what they wanted, what joins them."""

from __future__ import annotations

import dataclasses

import pytest

from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.facts.model import Claim, Event
from bot.facts.relations import Relation, nodes, relations
from tests.support.factbase import small


def drawn(base: FactBase) -> list[tuple[str, str, str]]:
    return [(relation.source, relation.label, relation.target) for relation in relations(base)]


def changed(labels: dict[str, str], events: list[Event] = (), claims: list[Claim] = ()) -> FactBase:
    """Return the small base with other labels, and with these events and claims alone."""
    base = small()
    return dataclasses.replace(
        base,
        events={event.id: event for event in events},
        claims={claim.id: claim for claim in claims},
        wording={**base.wording, "relations": labels},
    )


def event(kind: str, **participants: str | list[str]) -> Event:
    return Event(id="it", type=kind, says="it was so", noun="that", participants=participants, evidence={"P1S1": None})


def test_relations_of_events_claims_and_offices() -> None:
    assert drawn(small()) == [
        ("orlandia", "left", "league"),
        ("marrowby", "left", "league"),
        ("brennock", "left", "league"),
        ("castermere", "left", "league"),
        ("dunholm", "left", "league"),
        ("dunholm", "stayed loyal to", "fenwick"),
        ("dunholm", "stayed loyal to", "pellworth"),
        ("fenwick", "relation", "pellworth"),
        ("pellworth", "Warden of the League", "league"),
        ("marshall", "Speaker of Castermere", "castermere"),
    ]


def test_relation_has_its_sentence_and_a_question() -> None:
    found = {relation.id: relation for relation in relations(small())}
    assert found["friends:fenwick-pellworth"] == Relation(
        id="friends:fenwick-pellworth",
        source="fenwick",
        target="pellworth",
        label="relation",
        mutual=True,
        fact="friends",
        says="Fenwick was an old friend of Pellworth's",
        sentence="P2S3",
        quote="Tilda Fenwick, was an old friend of Pellworth’s",
        question="Whose friend was Tilda Fenwick?",
    )
    assert found["warden:pellworth-league"].question == "What position did Ada Pellworth hold?"
    assert found["brennock_leaves:brennock-league"].question == "When did Brennock leave the League?"
    assert found["orlandia_leaves:orlandia-league"].question == "What does the article say about Orlandia?"


def test_those_of_a_single_role_are_joined_to_each_other() -> None:
    base = changed({}, [event("quarrel", sides=["pellworth", "marshall", "fenwick"])])
    assert drawn(base)[:3] == [
        ("pellworth", "quarrel", "marshall"),
        ("pellworth", "quarrel", "fenwick"),
        ("marshall", "quarrel", "fenwick"),
    ]
    assert [relation.mutual for relation in relations(base)][:3] == [True, True, True]


@pytest.mark.parametrize(
    ("labels", "label"),
    [
        ({}, "talks"),
        ({"talks": "spoke with"}, "spoke with"),
        ({"talks": "spoke with", "talks.guest": "received"}, "received"),
        ({"talks.guest": "received", "it": "met"}, "met"),
        ({"it": "met", "it.guest": "met with"}, "met with"),
    ],
)
def test_label_closest_to_the_fact_counts(labels: dict[str, str], label: str) -> None:
    base = changed(labels, [event("talks", host="pellworth", guest="marshall")])
    assert drawn(base)[0] == ("pellworth", label, "marshall")


def test_empty_label_leaves_a_relation_out() -> None:
    base = changed({"talks.guest": ""}, [event("talks", host="pellworth", guest="marshall", about="dunholm")])
    assert drawn(base)[0] == ("pellworth", "talks", "dunholm")
    assert ("pellworth", "talks", "marshall") not in drawn(base)


def test_two_other_roles_are_joined_by_a_label_of_their_own() -> None:
    labels = {"talks.guest-about": "asked for", "talks.about": ""}
    base = changed(labels, [event("talks", host="pellworth", guest="marshall", about="dunholm")])
    assert drawn(base)[:2] == [("pellworth", "talks", "marshall"), ("marshall", "asked for", "dunholm")]


def test_places_offices_and_what_the_article_does_not_name_are_not_shown() -> None:
    base = changed({}, [event("talks", host="pellworth", place="harbour_house", of="warden", guest="selwick")])
    assert [relation for relation in relations(base) if relation.fact == "it"] == []
    assert {node.type for node in nodes(small())} <= set(small().vocabulary.shown)
    assert not {"harbour_house", "warden", "selwick", "dray"} & {node.id for node in nodes(small())}


def test_nobody_is_joined_to_themselves() -> None:
    base = changed({}, [event("talks", host="pellworth", guest=["pellworth", "marshall"])])
    assert [pair for pair in drawn(base) if pair[1] == "talks"] == [("pellworth", "talks", "marshall")]


def test_node_has_what_it_wanted() -> None:
    found = {node.id: node for node in nodes(small())}
    (goal,) = found["pellworth"].positions
    assert (goal.fact, goal.kind, goal.sentence) == ("pellworth_goal", "goal", "P2S1")
    assert goal.quote == "sought to keep it whole"
    assert found["dunholm"].positions == []


def test_wish_is_that_of_all_its_subjects_unless_it_joins_them() -> None:
    hope = Claim(id="hope", kind="goal", subject=["dunholm", "marshall"], says="they hoped", evidence={"P1S1": None})
    for labels, hopers in (({"goal": ""}, {"dunholm", "marshall"}), ({"goal": "hoped for"}, {"dunholm"})):
        base = changed(labels, claims=[hope])
        assert {node.id for node in nodes(base) if node.positions} == hopers


def test_node_without_any_relation_or_wish_is_left_out() -> None:
    base = changed({}, claims=[])
    assert {node.id for node in nodes(base)} == {"pellworth", "marshall", "castermere", "league"}  # by their offices


def test_node_is_asked_about_as_its_type_is() -> None:
    found = {node.id: node for node in nodes(small())}
    assert found["pellworth"].question == "Who was Ada Pellworth?"
    assert found["dunholm"].question == "What does the article say about Dunholm?"
    assert found["castermere"].question == "When did Castermere leave the League?"  # all there is to tell of it


def test_whatever_is_drawn_of_the_article_is_quoted_from_it() -> None:
    base = load()
    shown = {node.id for node in nodes(base)}
    drawn = [*nodes(base), *relations(base), *(position for node in nodes(base) for position in node.positions)]
    assert len(drawn) > 20
    for item in drawn:
        assert item.quote in base.article.sentences[item.sentence].text
        assert item.question, item
    for relation in relations(base):
        assert {relation.source, relation.target} <= shown
    labels = {relation.label for relation in relations(base)}
    kinds = {event.type for event in base.events.values()} | {claim.kind for claim in base.claims.values()}
    assert not labels & kinds, "each kind of relation needs a label in wording.yml"
