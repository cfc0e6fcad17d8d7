# ruff: noqa: E501 (tables are read by line)
"""Conversations turn by turn, with a reader that knows what each message asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer_record import Reason
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory, PendingChoice
from tests.support.factbase import FakeReader, small

BASE = small()
INTENTS = BASE.vocabulary.intents
EXAMPLES = tuple(BASE.wording["examples"])

READS: dict[Any, Any] = {
    "When did Brennock leave?": "left_when",
    "When did Castermere leave the League?": "left_when",
    "When did it leave?": "left_when",
    "When did Dunholm leave?": "left_when",
    "when": {"intent": "left_when", "confidence": 0.4},
    "Why was it the last?": "why_last",
    "Hi": "greet",
    "Hello again": "greet",
    "Thanks": "thanks",
    "Start over": INTENTS.start_over,
    "Source?": INTENTS.evidence,
    "Tell me more": INTENTS.more,
    "Again": INTENTS.repeat,
    "Shorter": INTENTS.shorter,
    "How much money did they all have then?": "missing_money",
    "What do you think of football teams today": "off_topic",
    "What is the article about?": "summary",
}


class Talk:
    """A conversation; its memory goes through JSON between turns, as it does between workers."""

    def __init__(self, **more: Any) -> None:
        self.read = FakeReader(READS | more.pop("reads", {}))
        self.memory = Memory()

    def say(self, text: str, **rest: Any) -> Reply:
        question = self.read(text)
        reply, self.memory = answer_message(BASE, self.memory, question.with_(**rest), self.read)
        self.memory = Memory.from_slot(json.loads(json.dumps(self.memory.to_slot())))
        return reply


# Following up


def test_a_question_is_answered_and_followed_up_by_a_name() -> None:
    talk = Talk()
    assert talk.say("When did Brennock leave?").text.startswith("Brennock left on June 3rd")
    assert talk.say("And Castermere?").text.startswith("Castermere left on June 5th")
    assert talk.say("what about Dunholm").text.startswith("Dunholm left on June 9th")
    assert talk.say("and selwick?").text == "It does not mention Selwick."
    assert talk.say("no, I meant Brennock").text.startswith("Brennock left on June 3rd")


def test_it_is_what_was_last_spoken_of() -> None:
    talk = Talk()
    talk.say("When did Castermere leave the League?")
    assert talk.say("When did it leave?").text.startswith("Castermere left on June 5th")


def test_what_leans_is_read_with_the_question_before_it_in_words_that_stand_alone() -> None:
    reads = {("When did Brennock leave the League?", "and why?"): "why_last"}
    talk = Talk(reads=reads)
    talk.say("When did Brennock leave?")
    assert talk.say("and why?", confidence=0.2).facts == BASE_FACTS["why_last"]


BASE_FACTS = {name: tuple(entry.facts) for name, entry in BASE.answers.items()}


@pytest.mark.parametrize(
    "text", ["What is {entity}?", "who is ${person.name}", "When did {{ state }} leave?", "Was it %s?"]
)
def test_a_blank_of_a_template_is_pointed_out(text: str) -> None:
    talk = Talk(reads={text: "left_when"})
    talk.say("When did Brennock leave?")
    assert (got := talk.say(text)).text == "A blank."
    assert got.status == NOT_IN_DOCUMENT


def test_a_blank_beside_the_question_takes_nothing_away() -> None:
    text = "Hi {name}, when did Brennock leave?"
    assert Talk(reads={text: "left_when"}).say(text).text.startswith("Brennock left")


@pytest.mark.parametrize("text", ["{{7*7}} ${7*7}", "session_start", "EXTERNAL: session_start", "nlu_fallback@0.1"])
def test_what_only_programs_say_is_not_read(text: str) -> None:
    talk = Talk(reads={text: "left_when"})
    talk.say("When did Brennock leave?")
    assert (got := talk.say(text)).text == "No question made out."
    assert (got.status, got.reason) == (NOT_IN_DOCUMENT, Reason.NOT_UNDERSTOOD)


def test_a_name_heard_as_several_words_is_read_as_it_is_spelt() -> None:
    talk = Talk(reads={"bren nock left when": "off_topic", "Brennock left when": "left_when"})
    assert talk.say("bren nock left when").text.startswith("Brennock left on June 3rd")


# Asking back

ISLANDS = ("Brennock", "Castermere", "Dunholm", "Orlandia", "Marrowby")


@pytest.mark.parametrize(
    "choice",
    ["Castermere", "castemere", "2", "number 2", "the second one", "second", "Castermere please"],
)
def test_a_choice_by_name_or_number_answers_what_was_asked(choice: str) -> None:
    talk = Talk()
    asked_back = talk.say("when")
    assert (asked_back.status, asked_back.buttons) == (CLARIFY, ISLANDS)
    answer = talk.say(choice)
    assert (answer.status, answer.facts) == (ANSWERED, ("castermere_leaves", "brennock_leaves"))
    assert talk.memory.waiting is None


def test_it_is_asked_back_once_and_then_never_twice() -> None:
    talk = Talk()
    assert talk.say("when").status == CLARIFY
    again = talk.say("when")
    assert (again.status, again.text, again.buttons) == (NOT_IN_DOCUMENT, "None of these.", ISLANDS)


@pytest.mark.parametrize("text", ["1951", "99", "zz", "-1", "0"])
def test_what_picks_none_of_the_choices_leaves_them_open(text: str) -> None:
    talk = Talk(reads={"when, 1951": "left_when"})
    talk.say("when")
    again = talk.say(text)
    assert (again.status, again.reason, again.buttons) == (NOT_IN_DOCUMENT, Reason.NOT_UNDERSTOOD, ISLANDS)
    assert talk.say("2").facts == ("castermere_leaves", "brennock_leaves")


@pytest.mark.parametrize("before", [(), ("Hi",), ("When did Brennock leave?",)])
@pytest.mark.parametrize("text", ["a", "b?", "zz", "é", "0", "-1", "12345", "1e9", "abc"])
def test_scraps_are_no_questions_and_keep_the_thread(text: str, before: tuple[str, ...]) -> None:
    talk = Talk(reads={("When did Brennock leave the League?", text): "left_when"})
    for said in before:
        talk.say(said)
    got = talk.say(text)
    assert (got.text, got.reason) == ("No question made out.", Reason.NOT_UNDERSTOOD)
    if "When did Brennock leave?" in before:
        assert talk.say("And Castermere?").text.startswith("Castermere left on June 5th")


def test_a_choice_answers_a_follow_up_that_was_waiting() -> None:
    talk = Talk(reads={("Who was Ada Pellworth?", "and when was it off?"): "left_when"})
    talk.say("Who was Ada Pellworth?")
    assert talk.say("and when was it off?", confidence=0.3).buttons == ISLANDS
    assert talk.say("Castermere").facts == ("castermere_leaves", "brennock_leaves")


def test_another_question_instead_of_a_choice_is_answered() -> None:
    talk = Talk()
    talk.say("when")
    assert talk.say("What is the article about?").facts == BASE_FACTS["summary"]
    assert talk.memory.waiting is None


def test_an_opening_that_points_to_nothing_is_asked_back_about() -> None:
    talk = Talk()
    ranking = (("why_last", 0.5), ("friends", 0.2), ("off_topic", 0.1), ("summary", 0.1), ("left_order", 0.05))
    got = talk.say("Why was it the last?", ranking=ranking)
    assert got.status == CLARIFY
    assert got.buttons == tuple(BASE.answers[i].question for i in ("why_last", "friends", "summary"))
    assert talk.say("the first one").facts == BASE_FACTS["why_last"]


def test_an_opening_that_points_to_nothing_is_asked_back_about_only_once() -> None:
    talk = Talk()
    assert talk.say("Why was it the last?").status == CLARIFY
    assert talk.say("Why was it the last?").status != CLARIFY


def test_small_talk_before_a_choice_keeps_the_choice_open() -> None:
    talk = Talk()
    talk.say("when")
    talk.say("Thanks")
    assert talk.say("the second one").facts == ("castermere_leaves", "brennock_leaves")


def test_small_talk_before_a_choice_by_name_does_no_harm() -> None:
    talk = Talk()
    talk.say("when")
    talk.say("Thanks")
    assert talk.say("Castermere").facts == ("castermere_leaves", "brennock_leaves")


# Small talk and steering


def test_small_talk_in_between_keeps_the_thread() -> None:
    talk = Talk()
    talk.say("When did Brennock leave?")
    thanks = talk.say("Thanks")
    assert (thanks.text, thanks.status, thanks.facts) == ("You're welcome!", SOCIAL, ())
    talk.say("Hello again")
    assert talk.say("And Castermere?").text.startswith("Castermere left on June 5th")
    assert talk.say("Source?").text.startswith("It rests on")


def test_starting_over_forgets_everything() -> None:
    talk = Talk()
    talk.say("When did Brennock leave?")
    got = talk.say("Start over")
    assert (got.text, got.status, got.buttons) == ("Let's start over.", SOCIAL, EXAMPLES)
    assert talk.memory == Memory(choices_offered=list(EXAMPLES))
    assert talk.say("Source?").text == "Ask first."
    assert talk.say("When did it leave?").status == CLARIFY


def test_starting_over_drops_a_choice() -> None:
    talk = Talk()
    talk.say("when")
    talk.say("Start over")
    assert talk.say("2").facts == ("brennock_leaves",)  # the second example, no state of the list before


# Suggestions, by number


def test_a_greeting_offers_examples_to_pick_by_number() -> None:
    talk = Talk()
    hello = talk.say("Hi")
    assert (hello.status, hello.buttons) == (SOCIAL, EXAMPLES)
    assert talk.say("2").text.startswith("Brennock left on June 3rd")
    assert talk.say("Hello again").buttons == EXAMPLES


@pytest.mark.parametrize("asked", ["When did Brennock leave?", "How much money did they all have then?", "!!!"])
def test_what_any_reply_offers_is_picked_by_number(asked: str) -> None:
    talk = Talk(reads={"!!!": "off_topic"})
    talk.say("Hi")
    offered = talk.say(asked).buttons
    assert talk.memory.choices_offered == list(offered)
    if offered:
        talk.say(str(len(offered)))
        assert talk.memory.last_question in (offered[-1], *(entry.question for entry in BASE.answers.values()))


def test_help_offers_the_examples_that_it_names_whatever_was_asked_before() -> None:
    read = FakeReader({"what can you do": "capabilities", "When did it leave?": "left_when"})
    memory = Memory()
    for text in ("Why was Dunholm the last to leave?", "When did Brennock leave the League?", "When did it leave?"):
        _, memory = answer_message(BASE, memory, read(text), read)
    memory.waiting = PendingChoice("left_when", "when?", ("brennock", "dunholm"))
    reply, memory = answer_message(BASE, memory, read("what can you do"), read)
    assert list(reply.buttons) == BASE.wording["examples"]
    assert not memory.waiting
    reply, _ = answer_message(BASE, memory, read("1"), read)
    assert reply.text.startswith("Out of loyalty")


def test_a_greeting_amid_a_question_back_offers_nothing_else() -> None:
    talk = Talk()
    talk.say("when")
    assert talk.say("Hi").buttons == ()
    assert talk.say("2").facts == ("castermere_leaves", "brennock_leaves")


def test_thanks_leaves_what_was_offered() -> None:
    talk = Talk()
    talk.say("Hi")
    talk.say("Thanks")
    assert talk.say("the second").text.startswith("Brennock left on June 3rd")


def test_steering_is_about_the_last_answer() -> None:
    talk = Talk()
    assert talk.say("Source?").text == "Ask first."
    first = talk.say("When did Brennock leave?")
    assert talk.say("Again").record() == first.record()
    assert talk.say("Shorter").facts == first.facts
    talk.say("How much money did they all have then?")
    assert talk.say("Source?").text == "Nothing to quote."


def test_steering_in_between_keeps_the_thread() -> None:
    talk = Talk()
    talk.say("When did Brennock leave?")
    talk.say("Source?")
    assert talk.say("And Castermere?").text.startswith("Castermere left on June 5th")


@pytest.mark.parametrize("text", ["Source?", "Again"])
def test_steering_after_more_is_about_what_more_told(text: str) -> None:
    talk = Talk()
    talk.say("What is the article about?")
    more = talk.say("Tell me more")
    assert more.facts != BASE_FACTS["summary"]
    assert talk.say(text).facts == more.facts


def test_off_topic_leaves_the_thread_alone() -> None:
    talk = Talk()
    talk.say("When did Brennock leave?")
    got = talk.say("What do you think of football teams today")
    assert (got.status, got.facts) == (NOT_IN_DOCUMENT, ())
    assert talk.say("And Castermere?").text.startswith("Castermere left on June 5th")


# Suggestions


def test_what_was_answered_is_not_suggested_again() -> None:
    talk = Talk()
    assert "How long was Dunholm alone?" in talk.say("Why was Dunholm the last to leave?").buttons
    assert "Why was Dunholm the last to leave?" not in talk.say("How long was Dunholm alone?").buttons


def test_a_suggestion_can_be_picked_by_its_number() -> None:
    talk = Talk()
    offered = talk.say("Why was Dunholm the last to leave?").buttons
    assert offered[1] == "Whose friend was Tilda Fenwick?"
    assert talk.say("2").facts == BASE_FACTS["friends"]


# Anything, in any order

MESSAGES = [*READS, "And Castermere?", "and Pellworth?", "2", "the last one", "Dunholm", "he?", "", "why?"]
TEXTS = [text for text in MESSAGES if isinstance(text, str)]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(TEXTS), max_size=8))
def test_no_conversation_breaks_and_it_is_never_asked_back_twice_running(messages: list[str]) -> None:
    talk, same = Talk(), Talk()
    before = None
    for text in messages:
        reply = talk.say(text)
        assert reply == same.say(text)
        assert reply.text
        assert reply.record()["status"] in (ANSWERED, NOT_IN_DOCUMENT, CLARIFY, SOCIAL)
        assert bool(reply.evidence) == bool(reply.facts)
        # Whoever says "again" to a question back is asked it again.
        steered = READS.get(text) in INTENTS.steering
        asks_back = reply.status == CLARIFY and reply.text != "Ask first." and not steered
        assert not (asks_back and before)
        before = asks_back


# How it was understood


def understood(talk: Talk) -> Reply:
    return talk.say("explain")


def test_a_question_is_explained_by_its_own_words_the_thing_asked_about_named() -> None:
    talk = Talk()
    talk.say("When did Dunholm leave?")
    got = understood(talk)
    assert got.text.startswith("Understood as “When did Dunholm leave the League?” (95%).")
    assert (got.status, got.facts) == (ANSWERED, ("dunholm_leaves", "castermere_leaves"))


def test_a_follow_up_is_explained_by_what_was_said_before() -> None:
    talk = Talk()
    talk.say("When did Brennock leave?")
    talk.say("And Castermere?")
    assert understood(talk).text.startswith("Understood from before as “When did Castermere leave the League?”.")


@pytest.mark.parametrize("choice", ["2", "Castermere"])
def test_a_choice_is_explained_by_the_question_that_was_waiting(choice: str) -> None:
    talk = Talk()
    talk.say("when")
    talk.say(choice)
    assert understood(talk).text.startswith("Understood from before as “When did Castermere leave the League?”.")


def test_a_question_back_is_explained_and_stays_open() -> None:
    talk = Talk()
    talk.say("when")
    got = understood(talk)
    assert got.text == "Like “When did Brennock leave the League?”, but which one?"
    assert talk.say("Castermere").facts == ("castermere_leaves", "brennock_leaves")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What do you think of football teams today", "Understood as something beside it (95%)."),
        ("How much money did they all have then?", "Understood as something not told (95%)."),
        ("😀", "No question made out."),
        ("asdfgh jkl", "No question made out."),
    ],
)
def test_whatever_was_asked_can_be_explained(text: str, told: str) -> None:
    talk = Talk()
    talk.say(text)
    got = understood(talk)
    assert (got.text, got.status) == (told, SOCIAL)
    talk.say("Thanks")
    assert understood(talk) == got


def test_two_questions_are_explained_as_two() -> None:
    talk = Talk(reads={"Why was it so?": "why_last"})
    talk.say("When did Brennock leave? What is the article about?")
    assert understood(talk).text.startswith(
        "Understood as two: “When did Brennock leave the League?” and “What is the article about?”."
    )


def test_letters_that_people_write_for_a_wish_are_no_scraps() -> None:
    talk = Talk(reads={"tl;dr": INTENTS.shorter})
    first = talk.say("When did Brennock leave?")
    assert talk.say("tl;dr").facts == first.facts


@pytest.mark.parametrize(("date", "told"), [("1951", "“What of 1951?”"), ("2024", "“What of 2024?”"), ("June 5th", "“What of June 5th?”")])
def test_a_date_alone_is_explained_by_that_date(date: str, told: str) -> None:
    talk = Talk()
    talk.say(date)
    assert understood(talk).text.startswith(f"Understood as {told} (100%).")


def test_what_is_worked_out_is_explained_by_what_was_named() -> None:
    text = "How many days lay between Castermere and Dunholm?"
    talk = Talk(reads={text: "days_apart"})
    talk.say(text)
    assert understood(talk).text.startswith(f"Understood as “{text}”")


def test_the_timeline_is_explained_and_there_is_no_more_of_it() -> None:
    talk = Talk(reads={"timeline": INTENTS.timeline})
    told = talk.say("timeline")
    got = understood(talk)
    assert (got.status, got.facts) == (ANSWERED, told.facts)
    assert got.text.startswith("The timeline was wished. Facts: ")
    assert (more := talk.say("Tell me more")).text == "That is all that happened."
    assert more.buttons == EXAMPLES


@pytest.mark.parametrize("before", [(), ("When did Brennock leave?", "Tell me more")])
def test_more_after_a_refusal_never_says_that_the_article_told_all(before: tuple[str, ...]) -> None:
    talk = Talk()
    for text in before:
        talk.say(text)
    talk.memory.intents_answered = list(BASE.answers)
    talk.say("What do you think of football teams today")
    assert (got := talk.say("Tell me more")).text == "There is nothing."
    assert set(got.buttons) & set(EXAMPLES)


# More about something


@pytest.mark.parametrize(
    "text",
    [
        "Tell me more about Marshall",
        "more on Marshall",
        "can you please explain Marshall?",
        "More info about Ivo Marshall!",
    ],
)
def test_more_about_somebody_is_a_question_about_them(text: str) -> None:
    talk = Talk(reads={text: INTENTS.more, "Who was Ivo Marshall?": "who_is"})
    got = talk.say(text)
    assert got.text == "Ivo Marshall was the Speaker of Castermere and wanted free islands."
    # Once that is told, more is what comes beside it.
    assert "Ivo Marshall was the Speaker" not in talk.say(text).text


@pytest.mark.parametrize("text", ["Tell me more about it", "more about that", "explain your answer", "Tell me more"])
def test_more_about_it_is_more_of_the_answer(text: str) -> None:
    talk = Talk(reads={text: INTENTS.more})
    assert talk.say(text).text == "Ask first."
    talk.say("Why was Dunholm the last to leave?")
    assert talk.say(text).text in (BASE.answers["summary"].answer, BASE.answers["alone_how_long"].yes)


def test_more_about_somebody_unknown_says_that_nobody_knows_them() -> None:
    talk = Talk(reads={"Tell me more about Beethoven": INTENTS.more})
    assert talk.say("Tell me more about Beethoven").text == "It does not mention Beethoven."


def test_more_of_what_the_article_is_not_about_is_nothing() -> None:
    talk = Talk()
    talk.say("What do you think of football teams today")
    assert talk.say("Tell me more").text == "There is nothing."


# First messages that are a date, a number or a name


CLAIMS = {"ask": 0.1, "true": 0.2, "false": 0.7}


@pytest.mark.parametrize(
    ("text", "intent", "told"),
    [
        ("1951", "began_when", "In 1951, "),
        ("1951?", "began_when", "In 1951, "),
        ("June 3rd", "left_when", "On June 3rd, Brennock left."),
        ("Castermere", "alone_how_long", "Castermere was the largest island"),
        ("Pellworth", "who_is", "Ada Pellworth was Warden"),
    ],
)
def test_a_date_or_name_alone_claims_nothing(text: str, intent: str, told: str) -> None:
    read = {"intent": intent, "confidence": 0.35, **CLAIMS}
    got = Talk(reads={text: read}).say(text)
    assert (got.status, got.text[: len(told)]) == (ANSWERED, told)


def test_a_number_alone_is_asked_back() -> None:
    talk = Talk(reads={"12": {"intent": "off_topic", "ranking": (("off_topic", 0.7), ("left_when", 0.1))}})
    got = talk.say("12")
    assert (got.text, got.status, got.reason) == ("Is it one of these?", CLARIFY, Reason.UNCLEAR)
    assert got.buttons == ("When did Brennock leave the League?",)


# Why there is no answer


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("How much money did they all have then?", NOT_IN_DOCUMENT, Reason.SILENT),
        ("What do you think of football teams today", NOT_IN_DOCUMENT, Reason.OFF_TOPIC),
        ("😀👍", NOT_IN_DOCUMENT, Reason.NOT_UNDERSTOOD),
        ("qwertz asdf", NOT_IN_DOCUMENT, Reason.NOT_UNDERSTOOD),
        ('{"a": [1, 2], "b": "c"}', NOT_IN_DOCUMENT, Reason.NOT_UNDERSTOOD),
        ("SELECT name FROM users WHERE id = 1;", NOT_IN_DOCUMENT, Reason.NOT_UNDERSTOOD),
        ("Traceback (most recent call last):", NOT_IN_DOCUMENT, Reason.NOT_UNDERSTOOD),
        ("متى غادرت روسيا", NOT_IN_DOCUMENT, Reason.OTHER_LANGUAGE),
        ("Wann hat der Letzte die Union verlassen und wer?", NOT_IN_DOCUMENT, Reason.OTHER_LANGUAGE),
        ("when", CLARIFY, Reason.UNCLEAR),
        ("Source?", CLARIFY, Reason.UNCLEAR),
        ("Hi", SOCIAL, None),
        ("When did Brennock leave?", ANSWERED, None),
    ],
)
def test_the_record_says_why_there_is_no_answer(text: str, status: str, reason: Reason | None) -> None:
    got = Talk().say(text)
    assert (got.status, got.reason) == (status, reason)
    assert got.record()["reason"] == (reason.value if reason else None)


def test_a_refusal_that_is_repeated_keeps_its_reason() -> None:
    talk = Talk()
    talk.say("How much money did they all have then?")
    for text in ("Again", "Shorter", "Source?"):
        assert (got := talk.say(text)).status == NOT_IN_DOCUMENT
        assert got.reason == Reason.SILENT


def test_nobody_is_asked_back_by_more_choices_than_can_be_picked_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.answers.compose.MOST_CHOICES", 4)
    talk = Talk()
    assert talk.say("when").buttons == ("Brennock", "Castermere", "Dunholm", "Another")
    assert talk.say("4").text == "Name it."
    assert talk.say("Orlandia").text.startswith("It does not say when Orlandia left.")


# A memory of before the fact base was changed


@pytest.mark.parametrize(
    ("memory", "text"),
    [
        ({"intents_answered": ["gone"]}, "When did Brennock leave?"),
        ({"waiting": {"intent": "gone", "text": "when", "choices": ["brennock"]}}, "Brennock"),
        ({"waiting": {"intent": "left_when", "text": "when", "choices": ["brennock", "gone"]}}, "2"),
        ({"last_question": "Why?", "last_intent": "gone", "last_question_turn": 0, "spoken_of": {"gone": 0}, "facts_told": ["gone"]}, "Tell me more"),
        ({"reading": [["gone", 0.5], ["left_when"]]}, "When did Brennock leave?"),
        ({"understood": {"words": ["When?"], "alone": True, "ranking": [["gone", 0.5]], "facts": ["gone"]}}, "Thanks"),
        ({"said": {"text": "x", "record": {"status": "answered", "facts": ["gone"], "derived": False, "evidence": []}}}, "Source?"),
        ({"last_reply": {"sentences": ["x"], "status": "answered", "facts": ["gone"]}}, "Source?"),
    ],
)  # fmt: skip
def test_a_memory_of_an_earlier_fact_base_breaks_nothing(memory: dict, text: str) -> None:
    talk = Talk()
    talk.memory = Memory.from_slot(memory)
    assert talk.say(text).text


def test_what_the_fact_base_still_knows_is_kept() -> None:
    first, other = Talk(), Talk()
    first.say("When did Brennock leave?")
    first.say("when")
    other.memory = Memory.from_slot(first.memory.to_slot())
    other.memory.intents_answered.append("gone")
    assert other.say("Source?") == first.say("Source?")
    assert other.memory == first.memory


def test_a_choice_that_waits_is_kept_where_all_choices_are_known() -> None:
    talk = Talk()
    talk.say("when")
    waiting = talk.memory.waiting
    assert waiting.choices == ("brennock", "castermere", "dunholm", "orlandia", "marrowby")
    talk.say("Thanks")
    assert talk.memory.waiting == waiting
