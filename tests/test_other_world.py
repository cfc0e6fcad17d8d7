# ruff: noqa: E501 (tables are read by line)
"""The bot answers from a fact base about another world by data alone: other kinds, events, intents, dates, century."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answers.cli import problems_of as check
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.channels.web.content import content
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.facts.questions import questions_by_sentence
from bot.facts.relations import nodes, relations
from bot.facts.timeline import sentences, timeline
from tests.support.other_world import FOLDER, WorldReader, world, write_questions

WORLD = world()
EXAMPLES = tuple(WORLD.wording["examples"])

READS: dict[Any, Any] = {
    "What happened on 3 December?": "on_the_day",
    "What happened on 4 December?": "on_the_day",
    "What happened on 8 December?": "on_the_day",
    "What happened on July 14th, 1789?": "on_the_day",
    "What happened on 14 July 1789?": "on_the_day",
    "What happened in 1848?": "on_the_day",
    "in 1848": "beside_it",
    "3/12": "beside_it",
    "6/1": "beside_it",
    "What happened on 3/12?": "on_the_day",
    "What happened on 6/1?": "on_the_day",
    "What happened on 3/12/48?": "on_the_day",
    "What happened in 1989?": "on_the_day",
    "Did the Terror sink on 3/12?": "sank_when",
    "Did the Terror sink on 12/3?": "sank_when",
    "Did it sink on 4 December?": "sank_when",
    "Did the Terror sink on 4 December?": "sank_when",
    "Terror, on 4 December?": "sank_when",
    "When did she sink?": "sank_when",
    "When did it sink?": "sank_when",
    "When did the Erebus sink?": "sank_when",
    "when": {"intent": "sank_when", "confidence": 0.4},
    "Which painters signed it?": "signed_who",
    "Which artists signed it?": "signed_who",
    "Did Jonas Reet sign the manifesto?": {"intent": "signed_who", "ask": 0.2, "true": 0.4, "false": 0.4},
    "Did Lund sign the manifesto?": {"intent": "signed_who", "ask": 0.1, "true": 0.7, "false": 0.2},
    "Did four painters sign the manifesto?": {"intent": "signed_who", "ask": 0.1, "true": 0.6, "false": 0.3},
    "How many ships were left after the Terror had sunk?": "afloat_after",
    "How many ships were left?": "afloat_in_november",
    "How many ships were left on 5 December?": "afloat_in_november",
    "Was the Halcyon still afloat after the Terror sank?": "afloat_after",
    "How many ships were left on 14/12?": "afloat_after",
    "Which sank first, the Halcyon or the Terror?": "sank_compare",
    "Did the Halcyon sink before the Terror?": "sank_compare",
    "Why did the Terror wait until the Halcyon had sunk?": {"intent": "untold_sinking", "confidence": 0.6, "ranking": (("untold_sinking", 0.6), ("sank_compare", 0.3))},
    "Who sank just before the Providence?": "sank_neighbour",
    "Did the Providence sink right after the Halcyon?": "sank_neighbour",
    "How many days after the Terror did the Providence sink?": "days_apart",
    "Which of those sank first?": "sank_order",
    "Why did the Albatross stay out so long?": {"intent": "why_so_long", "ask": 0.6, "true": 0.1, "false": 0.3},
    "Was the Providence alone for four days?": {"intent": "alone_how_long", "ask": 0.1, "true": 0.5, "false": 0.4},
    "What did the ships cost?": "untold_money",
    "What did the Terror cost?": "untold_money",
    "How many easels were there?": "untold_money",
    "What were the sailors called?": "untold_names",
    "Why did the Terror sink?": "untold_sinking",
    "Which sailors burned the easels?": "sailors_did",
    "In which harbour did the manifesto cause an uproar?": "uproar_where",
    "In which harbour did the fleet sail?": "sailed_when",
    "Why did the fleet sail?": "sailed_when",
    "What did she want?": "lund_wanted",
    "What did Margarethe Lund want?": "lund_wanted",
    "What did Aurel Brandt want?": "brandt_wanted",
    "Who was the President of the Lantern Society?": "office_holder",
    "Who led the Lantern Society?": "office_holder",
    "Who led the Terror?": "office_holder",
    "What was Brandt's post?": "role_of",
    "Was Brandt the President?": {"intent": "role_of", "ask": 0.2, "true": 0.4, "false": 0.4},
    "Who was William Turner?": "who_is",
    "What does the article say about William Turner?": "about_entity",
    "Who was Lund in the Ice Fleet?": "who_is",
    "Halcyon": "beside_it",
    "Hello": "hail",
    "Thanks": "gratitude",
    "Proof?": "proof",
    "Briefly": "briefly",
    "Plainly": "plainly",
    "Once more": "once_more",
    "What else?": "onward",
    "Show me the calendar": "calendar",
    "How did you read that?": "how_read",
    "Begin anew": "begin_anew",
    "Who won the cup?": "beside_it",
    "Where and when did the court of inquiry meet?": "court_when",
    "Where did the court of inquiry meet?": "court_where",
    "when did the court of inquiry meet?": "court_when",
}  # fmt: skip


class Talk:
    """A conversation; its memory goes through JSON between turns, as it does between workers."""

    def __init__(self, **reads: Any) -> None:
        self.read = WorldReader(READS | reads)
        self.memory = Memory()

    def say(self, text: str, sentence: str | None = None) -> Reply:
        reply, self.memory = answer_message(WORLD, self.memory, self.read(text), self.read, sentence)
        self.memory = Memory.from_slot(json.loads(json.dumps(self.memory.to_slot())))
        return reply


def said(*texts: str) -> str:
    """Return the last reply to messages said one after the other."""
    talk = Talk()
    return [talk.say(text) for text in texts][-1].text


def test_the_other_world_is_sound(tmp_path: Path) -> None:
    assert check(FOLDER, write_questions(tmp_path / "nlu")) == []


def test_the_other_world_shares_no_kind_event_role_or_intent_with_the_real_one() -> None:
    from bot.facts.loader import load

    real = load()
    for of in (
        lambda base: set(base.vocabulary.kinds),
        lambda base: {event.type for event in base.events.values()},
        lambda base: {role for event in base.events.values() for role in event.participants},
        lambda base: {name for names in base.vocabulary.intents.named.values() for name in names},
    ):
        assert not of(WORLD) & of(real), of(WORLD) & of(real)


# Dates by the article's own custom

DAYS = {
    "July 14th, 1789": (["What happened on July 14th, 1789?"], "a circle of painters founded the Lantern Society"),
    "14 July 1789": (["What happened on 14 July 1789?"], "a circle of painters founded the Lantern Society"),
    "a year": (["What happened in 1848?"], "the Ice Fleet sailed north"),
    "a year alone": (["in 1848"], "the Ice Fleet sailed north"),
    "day first": (["What happened on 3/12?"], "the Terror sank"),
    "day first where both months are spoken of": (["What happened on 6/1?"], "a court of inquiry met"),
    "day first, alone": (["6/1"], "a court of inquiry met"),
    "year of two digits": (["What happened on 3/12/48?"], "the Terror sank"),
    "another day": (["What happened on 3 December?", "And on 8 December?"], "the Halcyon sank"),
    "so many days on": (["What happened on 3 December?", "And five days after that?"], "the Halcyon sank"),
    "the day before one": (["How many ships were left on 14/12?"], "Only the Providence remained."),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "told"), DAYS.values(), ids=DAYS)
def test_dates_are_read_by_the_articles_custom(asked: list[str], told: str) -> None:
    assert told in said(*asked)


def test_a_year_of_another_century_is_none_of_the_articles() -> None:
    reply = Talk().say("What happened in 1989?")
    assert (reply.status, "1989" in reply.text) == (NOT_IN_DOCUMENT, False)


# name: (what is said, what the last reply begins with)
REPLIES = {
    "when": (["When did the Terror sink?"], "The Terror sank on "),
    "when, counted": (["When did the Halcyon sink?"], "The Halcyon sank on "),
    "and another": (["When did the Halcyon sink?", "And the Terror?"], "The Terror sank on "),
    "it": (["When did the Halcyon sink?", "Why did the Providence stay out so long?", "When did it sink?"], "The Providence sank on "),
    "a ship may be a she": (["When did the Halcyon sink?", "When did she sink?"], "The Halcyon sank on "),
    "and then": (["When did the Terror sink?", "and then?"], "The Halcyon sank on "),
    "and which ship sank next": (["When did the Terror sink?", "and which ship sank next?"], "The Halcyon sank on "),
    "of other events": (["When did Ida Moen testify?"], "Moen testified and blamed the ice on "),
    "and another witness": (["When did Ida Moen testify?", "And Krag?"], "Krag testified "),
    "a claim": (["Did the Terror sink on 3/12?"], "Yes. The Terror sank on "),
    "a false claim": (["Did the Terror sink on 4 December?"], "No. The Terror sank on "),
    "a name and a day make a claim": (["Terror, on 4 December?"], "No. The Terror sank on "),
    "signed by": (["Which painters signed it?"], "Margarethe Lund, Aurel Brandt and Elsa Vinter signed it."),
    "signed by artists": (["Which artists signed it?"], "Margarethe Lund, Aurel Brandt and Elsa Vinter signed it."),
    "who did not": (["Did Jonas Reet sign the manifesto?"], "No. Margarethe Lund, Aurel Brandt and Elsa Vinter signed the manifesto; Jonas Reet refused."),
    "who did": (["Did Lund sign the manifesto?"], "Yes. Margarethe Lund"),
    "a wrong number": (["Did four painters sign the manifesto?"], "No. Margarethe Lund"),
    "a day as the article writes it": (["When did the Terror sink?"], "The Terror sank on 3 December 1848."),
    "a counted day as the article writes it": (["When did the Halcyon sink?"], "The Halcyon sank on 8 December 1848: five days after"),
    "a day on which nothing happened": (["What happened on 4 December?"], "Nothing on 4 December."),
    "left after": (["How many ships were left after the Terror had sunk?"], "Two remained: the Halcyon and the Providence."),
    "left": (["How many ships were left?"], "Three: the Terror, the Halcyon and the Providence."),
    "left on a day": (["How many ships were left on 5 December?"], "Two remained: the Halcyon and the Providence."),
    "still afloat": (["Was the Halcyon still afloat after the Terror sank?"], "Yes. Two remained"),
    "order": (["In what order did the ships sink?"], "The Albatross was first"),
    "order of those": (["How many ships were left after the Terror had sunk?", "Which of those sank first?"], "The Halcyon sank on "),
    "order of other events": (["In what order did the witnesses testify?"], "Tobias Krag on "),
    "before": (["Who sank just before the Providence?"], "The Halcyon sank on "),
    "right after": (["Did the Providence sink right after the Halcyon?"], "Yes. The Providence sank on "),
    "compare": (["Which sank first, the Halcyon or the Terror?"], "The Terror came first"),
    "compare wrongly": (["Did the Halcyon sink before the Terror?"], "No. The Terror came first"),
    "supposed in the wrong order": (["Why did the Terror wait until the Halcyon had sunk?"], "Otherwise: The Halcyon came after the Terror"),
    "days between": (["How many days after the Terror did the Providence sink?"], "Fourteen days: "),
    "a false supposition": (["Why did the Albatross stay out so long?"], "It was not the Albatross. The Providence stayed out"),
    "a false length": (["Was the Providence alone for four days?"], "No. The Providence was afloat alone for nine days."),
    "office": (["Who was the President of the Lantern Society?"], "Margarethe Lund was the President"),
    "office by what it is of": (["Who led the Lantern Society?"], "Margarethe Lund was the President"),
    "no office": (["Who led the Terror?"], "No leader of the Terror known."),
    "what somebody was": (["What was Brandt's post?"], "Aurel Brandt held the office: Treasurer"),
    "what somebody was not": (["Was Brandt the President?"], "No. Margarethe Lund was the President"),
    "who, not the whole": (["Who was Lund in the Ice Fleet?"], "Margarethe Lund was President"),
    "she": (["Who was Margarethe Lund?", "What did she want?"], "Lund wanted to paint the polar light."),
    "a bare name": (["Halcyon"], "The Halcyon was the largest ship"),
    "two questions": (["Where and when did the court of inquiry meet?"], "In the Net Loft. A court of inquiry met"),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "told"), REPLIES.values(), ids=REPLIES)
def test_what_the_facts_tell_is_answered(asked: list[str], told: str) -> None:
    assert said(*asked).startswith(told)


REFUSALS = {
    "what was asked": ("What did the Terror cost?", "The article does not say what the Terror cost."),
    "what is counted": ("How many easels were there?", "The article does not say how many easels there were in all."),
    "whom it does not name": ("What were the sailors called?", "The article does not name the sailors."),
    "the event": ("Why did the Terror sink?", "The article does not say why the Terror sank."),
    "names": ("Which sailors burned the easels?", "It does not name the sailors of the Providence."),
    "a place": ("In which harbour did the fleet sail?", "It does not say where the Ice Fleet sailed north."),
    "a reason": ("Why did the fleet sail?", "It does not say why the Ice Fleet sailed north."),
    "a ship it does not mention": ("When did the Erebus sink?", "It does not mention the Erebus."),
    "a painter it does not mention": ("Who was William Turner?", "It does not mention William Turner."),
    "something else": ("Who won the cup?", "Only about “The Painters of the Ice Fleet”."),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "told"), REFUSALS.values(), ids=REFUSALS)
def test_what_the_facts_do_not_tell_is_refused_by_name(asked: str, told: str) -> None:
    reply = Talk().say(asked)
    assert reply.status == NOT_IN_DOCUMENT
    assert reply.text.startswith(told)


def test_where_the_facts_tell_a_place_it_is_told() -> None:
    reply = Talk().say("In which harbour did the manifesto cause an uproar?")
    assert (reply.status, reply.text) == (ANSWERED, "In Skagholm, where nobody had been asked.")


def test_it_asks_back_which_ship_is_meant_and_takes_a_name_or_number() -> None:
    for choice in ("the Halcyon", "2"):
        talk = Talk()
        asked_back = talk.say("when")
        assert asked_back.status == CLARIFY
        assert asked_back.buttons[:3] == ("the Terror", "the Halcyon", "the Providence")
        assert talk.say(choice).text.startswith("The Halcyon sank on ")


def test_it_asks_back_who_he_is() -> None:
    talk = Talk(**{"What did he want?": "lund_wanted"})
    talk.say("When did the Terror sink?")
    asked_back = talk.say("What did he want?")
    assert asked_back.status == CLARIFY
    assert {"Margarethe Lund", "Tobias Krag"} <= set(asked_back.buttons)
    assert talk.say("Aurel Brandt").text == "Brandt hoped to sell whale oil."


def test_messages_about_the_answer_before_are_known_by_the_names_that_the_data_gives() -> None:
    talk = Talk()
    talk.say("When did the Halcyon sink?")
    assert talk.say("Proof?").text.startswith(
        "It rests on “five days later the Halcyon, the largest ship of the fleet, sank as well” (P1S5)"
    )
    assert talk.say("Once more").text.startswith("The Halcyon sank on ")
    assert talk.say("How did you read that?").text.startswith("Understood as “When did the Halcyon sink?”")
    talk.say("Why did the Providence stay out so long?")
    assert talk.say("Plainly").text == "Simply: Its map was old."
    assert talk.say("Briefly").text == "Because its master trusted an old chart."
    assert talk.say("What else?").status in (ANSWERED, SOCIAL)
    assert talk.say("Hello").text.startswith("Hello!")
    assert talk.say("Begin anew").text == "Let's start over."
    assert talk.say("Proof?").text == "Ask first."


def test_commands_mean_what_the_data_says() -> None:
    talk = Talk()
    talk.say("When did the Halcyon sink?")
    assert talk.say("sources").text.startswith("It rests on ")
    assert talk.say("explain").text.startswith("Understood as ")
    assert talk.say("timeline").picture is not None
    assert talk.say("restart").text == "Let's start over."


def test_small_talk_yields_to_a_question_in_the_same_message() -> None:
    from bot.language.sentences import choose, segments

    parts = segments("Hello! When did the Terror sink?")
    read = WorldReader(READS)
    readings = [read("Hello"), read("Hello"), read("When did the Terror sink?")]
    asides = WORLD.vocabulary.intents.asides
    assert choose(readings, parts, asides) == 2


def test_a_reply_suggests_what_it_leads_to_and_proves_itself() -> None:
    reply = Talk().say("When did the Halcyon sink?")
    assert reply.buttons[:2] == ("In what order did the ships sink?", "Why did the Providence stay out so long?")
    assert (reply.facts, reply.derived) == (("halcyon_sinks", "terror_sinks"), True)
    for quote in reply.evidence:
        assert WORLD.article.text[quote.start : quote.end] == quote.quote
    assert Talk().say("Hello").buttons == EXAMPLES


def test_a_picked_sentence_is_what_a_message_is_about() -> None:
    reply = Talk(**{"Why?": {"intent": "why_so_long", "confidence": 0.3}}).say("What does this mean?", "P2S4")
    assert reply.status == ANSWERED
    assert reply.evidence[0].sentence == "P2S4"
    assert "Reet" in reply.text


# The page


def test_the_timeline_tells_stated_counted_undated_and_unplaced() -> None:
    items = {item.id: item for item in timeline(WORLD)}
    assert list(items)[0] == "society_founded"
    assert {items[i].dating for i in ("terror_sinks", "halcyon_sinks", "albatross_sinks", "easels_burned")} == {
        "stated", "counted", "undated", "unplaced",
    }  # fmt: skip
    assert items["halcyon_sinks"].counted == "five days after the loss of the Terror"
    assert items["terror_sinks"].question == "When did the Terror sink?"
    assert sentences(WORLD, list(items.values()))[0].startswith("In order: ")


def test_the_map_shows_the_kinds_that_the_data_names() -> None:
    shown = {node.id: node for node in nodes(WORLD)}
    assert {"lund", "reet", "manifesto", "fleet", "court"} <= set(shown)
    assert "skagholm" not in shown
    assert [position.says for position in shown["lund"].positions] == ["Lund wanted to paint the polar light"]
    joined = {(r.source, r.target, r.label, r.mutual) for r in relations(WORLD)}
    assert ("lund", "manifesto", "signed", False) in joined
    assert ("reet", "lund", "pupil of", False) in joined
    assert ("brandt", "society", "Treasurer of the Lantern Society", False) in joined
    assert ("krag", "court", "testified before", False) in joined


def test_each_sentence_has_its_questions_and_the_page_its_content() -> None:
    assert "Which painters signed the manifesto?" in questions_by_sentence(WORLD)["P2S3"]
    page = content(WORLD)
    assert page["title"] == "The Painters of the Ice Fleet"
    examples = "“When did the Terror sink?” or “Which painters signed the manifesto?”"
    assert page["texts"]["greeting"] == f"Hello! Ask about the fleet: {examples}."
    assert [column["title"]["en"] for column in page["map"]["columns"]] == ["People", "Ships", "Papers and societies"]
    assert json.dumps(page)
