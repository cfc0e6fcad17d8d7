# ruff: noqa: E501 (tables are read by line)
"""From a question to a reply: answered, verified, corrected, refused or asked back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import compose
from bot.answers.compose import answerable, reply_to, weighed
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, Reply
from tests.support.factbase import asked, small

BASE = small()
ASK = {"ask": 0.9, "true": 0.05, "false": 0.05}
TRUE = {"ask": 0.05, "true": 0.9, "false": 0.05}
FALSE = {"ask": 0.05, "true": 0.05, "false": 0.9}
UNDECIDED = {"ask": 0.4, "true": 0.3, "false": 0.3}


def reply(text: str, intent: str, **rest: Any) -> Reply:
    return reply_to(BASE, asked(text, intent, **rest))


# Looked up

ANSWER = BASE.answers["why_last"].answer


def test_an_open_question_gets_the_answer_with_its_evidence_and_suggestions() -> None:
    got = reply("Why was Dunholm the last?", "why_last", **ASK)
    assert (got.text, got.status, got.facts, got.derived) == (ANSWER, ANSWERED, ("loyalty", "friends"), False)
    assert [q.sentence for q in got.evidence] == ["P2S3", "P2S3"]
    assert got.buttons == ("How long was Dunholm alone?", "Whose friend was Tilda Fenwick?")


@pytest.mark.parametrize(
    ("text", "odds", "answer", "facts"),
    [
        ("Was it out of loyalty?", TRUE, "Yes. Dunholm stayed out of loyalty.", ("loyalty", "friends")),
        ("Was it for gain?", FALSE, "No. Dunholm stayed out of loyalty, not for gain.", ("loyalty",)),
        ("Was it so?", UNDECIDED, ANSWER, ("loyalty", "friends")),
        ("Dunholm stayed for gain", FALSE, "No. Dunholm stayed out of loyalty, not for gain.", ("loyalty",)),
        # an open question that supposes what is wrong
        ("Why did it stay for gain?", FALSE, "Otherwise: Dunholm stayed out of loyalty, not for gain.", ("loyalty",)),
        ("Why did it stay for loyalty?", TRUE, ANSWER, ("loyalty", "friends")),
    ],
)
def test_claims_are_confirmed_or_corrected(text: str, odds: dict, answer: str, facts: tuple[str, ...]) -> None:
    got = reply(text, "why_last", **odds)
    assert (got.text, got.status, got.facts) == (answer, ANSWERED, facts)


def test_the_answer_stands_in_where_yes_and_no_have_no_words_of_their_own() -> None:
    answer = BASE.answers["friends"].answer
    assert reply("Was Fenwick a friend?", "friends", **TRUE).text == f"Yes. {answer}"
    assert reply("Was Fenwick a foe?", "friends", **FALSE).text == f"No. {answer}"
    assert reply("Why was she a foe?", "friends", **FALSE).text == f"Otherwise: {answer}"
    assert reply("Was Fenwick a foe?", "friends", **FALSE).facts == ("friends",)


def test_a_name_that_does_not_fit_makes_a_claim_false() -> None:
    odds = {"ask": 0.1, "true": 0.6, "false": 0.3}
    assert reply("Was Dunholm loyal?", "why_last", ask=0.1, true=0.7, false=0.2).text.startswith("Yes. ")
    assert reply("Was Brennock loyal?", "why_last", **odds).text.startswith("No. ")
    assert reply("Was Brennock more loyal than Dunholm?", "why_last", **odds).text == ANSWER


def test_an_open_question_about_the_wrong_one_is_told_who_it_was_not() -> None:
    got = reply("Why was Brennock the last?", "why_last", ask=0.5, true=0.2, false=0.3)
    assert got.text == "It was not Brennock. Dunholm stayed out of loyalty, not for gain."
    assert got.status == ANSWERED


def test_an_adjective_names_nobody() -> None:
    assert reply("Why was the Brennish friend last?", "why_last", ask=0.5, true=0.2, false=0.3).text == ANSWER


@pytest.mark.parametrize(
    ("text", "odds", "start"),
    [
        ("Was Dunholm alone for four days?", UNDECIDED, "Yes. "),
        ("Was Dunholm alone for 96 hours?", UNDECIDED, "Yes. "),
        ("Was Dunholm alone for a week?", UNDECIDED, "No. "),
        ("Why was Dunholm alone for a week?", {"ask": 0.6, "true": 0.1, "false": 0.3}, "Otherwise: "),
    ],
)
def test_a_claimed_length_of_time_is_checked(text: str, odds: dict, start: str) -> None:
    assert reply(text, "alone_how_long", **odds).text == start + "Dunholm was alone for four days."


def test_the_right_length_of_time_does_not_excuse_the_wrong_name() -> None:
    text = reply("Was Brennock alone for four days?", "alone_how_long", ask=0.2, true=0.6, false=0.2).text
    assert not text.startswith("Yes")


def test_a_wrong_length_of_time_in_passing_is_corrected_first() -> None:
    got = reply("What did Dunholm do in its one week alone?", "alone_what", **ASK)
    assert got.text == "Otherwise: Dunholm was alone for four days. It stayed out of loyalty."
    assert got.facts == ("dunholm_alone", "loyalty")
    right = reply("What did Dunholm do in its four days alone?", "alone_what", **ASK)
    assert (right.text, right.facts) == ("It stayed out of loyalty.", ("loyalty",))


@pytest.mark.parametrize("text", ["What did Dunholm do?", "What did it do in those four days, not a week?"])
def test_without_a_wrong_length_of_time_nothing_is_corrected(text: str) -> None:
    assert reply(text, "alone_what", **ASK).text == "It stayed out of loyalty."


@pytest.mark.parametrize(
    ("confidence", "true", "false", "start"),
    [
        (1.0, 0.81, 0.1, "Yes. "),
        (1.0, 0.79, 0.1, ""),
        (1.0, 0.1, 0.81, "No. "),
        (1.0, 0.1, 0.79, ""),
        # A sure stance on what may be another question is no verdict.
        (0.85, 0.9, 0.05, ""),
        (0.85, 0.05, 0.9, ""),
    ],
)
def test_what_is_not_computed_gets_a_verdict_only_where_it_is_sure(
    confidence: float, true: float, false: float, start: str
) -> None:
    odds = {"ask": 1 - true - false, "true": true, "false": false, "confidence": confidence}
    assert reply("a pal, yes or no", "friends", **odds).text == start + BASE.answers["friends"].answer
    # What is worked out is never said to be so by its wording alone.
    assert reply("Did Brennock leave early?", "left_when", **odds).text == "Brennock left on June 3rd, 1951."


@pytest.mark.parametrize(("false", "start"), [(0.71, "Otherwise: "), (0.69, "")])
def test_a_premise_is_corrected_only_where_it_is_clearly_false(false: float, start: str) -> None:
    got = reply("Why was she a foe?", "friends", ask=1 - false, true=0.0, false=false)
    assert got.text == start + BASE.answers["friends"].answer


# The answer of another intent


def test_a_question_that_names_a_day_is_answered_for_that_day() -> None:
    got = reply("Which islands were left on June 4th?", "left_in_june", **ASK)
    assert (got.text, got.derived) == ("Two remained: Castermere and Dunholm.", True)
    assert got.facts == ("brennock_leaves", "last_three")


@pytest.mark.parametrize("time", ["in June 1951", "in 1951", "at last"])
def test_a_question_that_names_no_day_is_answered_in_general(time: str) -> None:
    got = reply(f"Which islands were left {time}?", "left_in_june", **ASK)
    assert (got.text, got.facts) == (BASE.answers["left_in_june"].answer, ("last_three",))


@pytest.mark.parametrize(("odds", "status"), [(0.21, ANSWERED), (0.19, NOT_IN_DOCUMENT)])
def test_where_the_facts_do_not_tell_the_second_intent_is_answered_if_likely(odds: float, status: str) -> None:
    got = reply("Who was Tilda Fenwick?", "who_is", ranking=(("who_is", 0.6), ("friends", odds)), **ASK)
    assert got.status == status
    assert (got.text == BASE.answers["friends"].answer) is (status == ANSWERED)


# Details that are not told


@pytest.mark.parametrize(
    ("text", "start"),
    [("Why did it begin in 1950?", "It does not say why the Tern League began to come apart."), ("Why did it begin in 1949?", "Otherwise: ")],
)  # fmt: skip
def test_a_reason_is_refused_where_the_answer_tells_none_and_what_is_supposed_is_right(text: str, start: str) -> None:
    assert reply(text, "began_when", ask=0.7, true=0.0, false=0.3).text.startswith(start)


@pytest.mark.parametrize(
    ("text", "start"),
    [("When was it?", "It does not say when Dunholm stayed out of loyalty."), ("In what town was it?", "It does not say where Dunholm stayed out of loyalty."), ("How many islands were there?", "It does not say how many islands.")],
)  # fmt: skip
def test_a_detail_that_the_answer_does_not_give_is_refused_with_the_answer_as_nearest(text: str, start: str) -> None:
    got = reply(text, "why_last", **ASK)
    assert got.text == f"{start} Nearest: {ANSWER}"
    assert (got.status, got.facts, got.evidence) == (NOT_IN_DOCUMENT, (), ())
    assert got.buttons


def test_a_detail_that_the_answer_gives_is_answered() -> None:
    assert reply("Where was it?", "ended_where", **ASK).status == ANSWERED
    assert reply("How many days?", "alone_how_long", **ASK).status == ANSWERED
    assert reply("When was it?", "ended_where", **ASK).status == NOT_IN_DOCUMENT


def test_names_are_refused_only_where_the_answer_withholds_them() -> None:
    got = reply("List the islands", "summary", **ASK)
    assert got.text == f"It does not name them. Nearest: {BASE.answers['summary'].answer}"
    assert got.status == NOT_IN_DOCUMENT
    assert reply("List the islands", "why_last", **ASK).status == ANSWERED
    assert reply("Is it about the names of islands?", "summary", **TRUE).status == ANSWERED
    assert reply("List the islands that stayed", "summary", **FALSE).text.startswith("Otherwise: ")


def test_a_yes_no_question_wants_no_detail() -> None:
    assert reply("When was it, was it out of loyalty, right?", "why_last", **TRUE).status == ANSWERED


# Worked out


def test_what_is_worked_out_says_so_and_cites_what_it_is_worked_out_from() -> None:
    got = reply("When did Castermere leave?", "left_when", **ASK)
    assert got.status == ANSWERED
    assert got.derived
    assert got.facts == ("castermere_leaves", "brennock_leaves")
    assert [q.sentence for q in got.evidence] == ["P1S4", "P1S4"]
    assert got.buttons == ("In what order did the islands leave?", "Why was Dunholm the last to leave?")


@pytest.mark.parametrize(
    ("text", "odds", "start"),
    [
        # the facts decide, not the odds
        ("Did Brennock leave on June 3rd?", FALSE, "Yes. Brennock left on"),
        ("Did Brennock leave on June 4th?", TRUE, "No. Brennock left on"),
        ("When did Brennock leave, on June 4th?", ASK, "Otherwise: Brennock left on"),
        ("When did Brennock leave, on June 3rd?", ASK, "Brennock left on"),
        # nothing claimed that facts decide
        ("Did Brennock leave at all?", TRUE, "Yes. Brennock left on"),
        ("Did Brennock leave at noon?", FALSE, "Brennock left on"),
        ("Did Brennock leave?", UNDECIDED, "Yes. Brennock left on"),
    ],
)
def test_claims_about_what_is_worked_out_are_verified(text: str, odds: dict, start: str) -> None:
    assert reply(text, "left_when", **odds).text.startswith(start)


def test_where_it_is_open_which_one_is_meant_the_choices_are_offered() -> None:
    got = reply("When did it leave?", "left_when", **ASK)
    assert got.status == CLARIFY
    assert got.text == "Which one?"
    assert got.buttons == ("Brennock", "Castermere", "Dunholm", "Orlandia", "Marrowby")
    assert got.choices == ("brennock", "castermere", "dunholm", "orlandia", "marrowby")
    assert got.record() == {"status": CLARIFY, "facts": [], "derived": False, "reason": "unclear", "evidence": []}


def test_an_operation_that_refuses_says_why_or_that_nothing_was_found() -> None:
    got = reply("When did Selwick leave?", "left_when", **ASK)
    assert (got.text, got.status, got.facts) == ("It does not mention Selwick.", NOT_IN_DOCUMENT, ())
    assert got.buttons == ("In what order did the islands leave?", "Why was Dunholm the last to leave?")
    got = reply("Who was he?", "who_is", **ASK)
    assert (got.text, got.status) == ("No answer found.", NOT_IN_DOCUMENT)


def test_there_is_no_answer_without_words() -> None:
    got = reply("Who was Tilda Fenwick?", "who_is", **ASK)
    assert got.text
    assert got.facts or got.status != ANSWERED


# Refused


def test_what_the_article_does_not_tell_is_refused_with_the_nearest() -> None:
    got = reply("What was his name?", "missing_names")
    assert got.text == ("The article does not give that name. Nearest: Fenwick was an old friend of Pellworth's.")
    assert (got.status, got.facts, got.evidence, got.buttons) == (NOT_IN_DOCUMENT, (), (), ("Who was Ada Pellworth?",))
    assert reply("How much money?", "missing_money").text == "The article does not say anything about money."


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("off_topic", "Only about “The Last Light of the Tern League”."),
        ("instruction", "Only questions."),
        ("nobody_knows", "No answer found."),
        ("", "No answer found."),
    ],
)
def test_what_is_beside_the_article_is_refused_with_examples(intent: str, text: str) -> None:
    got = reply("anything", intent)
    assert (got.text, got.status, got.facts) == (text, NOT_IN_DOCUMENT, ())
    assert got.buttons == tuple(BASE.wording["examples"])


def test_a_guess_is_no_answer() -> None:
    low = compose.LEAST_CONFIDENCE - 0.01
    got = reply("mumble", "why_last", confidence=low, ranking=(("why_last", low), ("friends", low / 2)))
    assert (got.text, got.status) == ("No answer found.", NOT_IN_DOCUMENT)


def test_what_is_likelier_not_told_is_not_answered() -> None:
    ranking = (("why_last", 0.3), ("missing_money", 0.25), ("off_topic", 0.25), ("friends", 0.1), ("greet", 0.1))
    question = asked("what did it cost", "why_last", 0.3, ranking=ranking)
    assert answerable(BASE, question) == pytest.approx(0.4 / 0.9)
    assert reply_to(BASE, question).status == NOT_IN_DOCUMENT


def test_without_a_ranking_the_confidence_stands_in() -> None:
    assert answerable(BASE, asked("x", "why_last", 0.7, ranking=())) == 0.7
    assert answerable(BASE, asked("x", "why_last", 0.7, ranking=(("greet", 0.7),))) == 0.7


# Anything


def test_at_most_three_known_questions_are_suggested() -> None:
    assert compose.suggestions(BASE, BASE.answers["summary"].next) == (
        "In what order did the islands leave?",
        "Why was Dunholm the last to leave?",
        "Whose friend was Tilda Fenwick?",
    )
    assert compose.suggestions(BASE, ["nowhere"]) == ()


ODDS = st.tuples(*[st.floats(0.01, 1)] * 3)


@given(ODDS, st.sampled_from(["Was Dunholm so?", "Was Brennock so?", "Why a week?", "Brennock for four days", "why"]))
def test_weighing_gives_odds_that_add_up(odds: tuple[float, float, float], text: str) -> None:
    question = asked(text, "alone_how_long", ask=odds[0], true=odds[1], false=odds[2])
    *shares, wrong = weighed(BASE, BASE.answers["alone_how_long"], question)
    assert sum(shares) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares)
    assert wrong is None or wrong in BASE.entities


INTENTS = [*BASE.answers, *BASE.missing, "off_topic", "instruction", "greet", "unknown"]
WORDS = st.lists(
    st.sampled_from(["Was", "Why", "Brennock", "Dunholm", "Pellworth", "Warden", "Selwick", "June 3rd", "a week", "before", "first", "it", "?"]),
    max_size=6,
).map(" ".join)  # fmt: skip


@given(st.sampled_from(INTENTS), WORDS, ODDS, st.floats(0, 1))
def test_every_reply_has_the_shape_that_channels_read(
    intent: str, text: str, odds: tuple[float, float, float], confidence: float
) -> None:
    got = reply(text, intent, confidence=confidence, ask=odds[0], true=odds[1], false=odds[2])
    record = got.record()
    assert json.loads(json.dumps(record)) == record
    assert list(record) == ["status", "facts", "derived", "reason", "evidence"]
    assert bool(record["reason"]) == (got.status != ANSWERED)
    assert got.status in (ANSWERED, NOT_IN_DOCUMENT, CLARIFY)
    assert "{" not in got.text
    assert len(got.buttons) <= (compose.MOST_CHOICES if got.status == CLARIFY else 3)
    assert bool(record["evidence"]) == bool(record["facts"])
    for quote in record["evidence"]:
        assert list(quote) == ["sentence", "start", "end", "quote"]
        assert BASE.article.text[quote["start"] : quote["end"]] == quote["quote"]
    if got.status == ANSWERED:
        # The same question gets the same answer.
        assert got == reply(text, intent, confidence=confidence, ask=odds[0], true=odds[1], false=odds[2])
        assert got.facts or not got.text
    else:
        assert got.text
        assert not record["facts"]
        assert got.buttons


# The verdict

LEADS = BASE.wording["lead"]
SAYS = {LEADS["yes"]: True, LEADS["no"]: False, LEADS["corrected"]: False, "It was not ": False}
WORDS = st.lists(
    st.sampled_from(
        ["Did", "Was", "Brennock", "Castermere", "Dunholm", "Orlandia", "Pellworth", "the Speaker", "leave", "the last",
         "before", "after", "first", "June 3rd", "four days", "a week", "?"]
    ),
    min_size=2, max_size=8,
).map(" ".join)  # fmt: skip
ODDS = st.tuples(*[st.floats(0.01, 1)] * 3).map(lambda shares: [share / sum(shares) for share in shares])


@given(st.sampled_from(sorted(BASE.answers)), WORDS, ODDS)
def test_no_reply_contradicts_its_own_verdict(intent: str, text: str, odds: list[float]) -> None:
    ask, true, false = odds
    got = reply(text, intent, ask=ask, true=true, false=false)
    said = next((verdict for lead, verdict in SAYS.items() if got.text.startswith(lead)), None)
    assert said == got.verdict
    assert bool(got.lead) == (got.verdict is not None)
    assert got.text == " ".join([got.lead, *got.sentences]).strip()


@pytest.mark.parametrize(
    ("text", "intent", "odds", "verdict"),
    [
        ("Was it out of loyalty?", "why_last", TRUE, True),
        ("Was it for gain?", "why_last", FALSE, False),
        ("Why did it stay for gain?", "why_last", FALSE, False),
        ("Why was it the last?", "why_last", ASK, None),
        ("Was it so?", "why_last", UNDECIDED, None),
        ("Did Brennock leave on June 3rd?", "left_when", UNDECIDED, True),
        ("Did Brennock leave on June 4th?", "left_when", UNDECIDED, False),
    ],
)
def test_the_verdict_is_told_as_a_value(text: str, intent: str, odds: dict[str, float], verdict: bool | None) -> None:
    assert reply(text, intent, **odds).verdict is verdict


def test_a_reply_lists_and_is_about_those_whom_it_tells_of() -> None:
    order = reply("In what order did they leave?", "left_order", **ASK)
    assert order.listed == order.about == ("orlandia", "brennock", "castermere", "dunholm")
    alone = reply("When did Brennock leave?", "left_when", **ASK)
    assert (alone.about, alone.listed) == (("brennock",), ())
    left = reply("Who was left after Brennock had gone?", "left_after", **ASK)
    assert left.listed == left.about == ("castermere", "dunholm")
    assert reply("Who was Marshall?", "who_is", **ASK).about[0] == "marshall"
    assert BASE.named_in("Dunholm went, then Brennock and Tilda Fenwick.") == ("dunholm", "brennock", "fenwick")
