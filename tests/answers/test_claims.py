"""Yes and No are computed: claims of each kind, true, false and denied, and those that get no verdict.

The claims are written for these tests; what they speak of is the article's, so the words by which `said.yml` has its
facts claimed are tried as well. Figures over the conversations of many writers stand in docs/decisions.md.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from bot.answers.claims import computed
from bot.answers.compose import reply_to
from bot.answers.reply import Reply
from bot.facts.loader import load
from bot.language.claim_words import denials, says_nothing, statement, straight, words_in
from bot.language.sentences import segments
from bot.paths import ROOT
from bot.questions.dialogues import read_dialogues
from bot.questions.linker import Linker
from bot.questions.question import Question
from tests.support.factbase import asked, small

BASE = load()
YES, NO, NONE = True, False, None


@lru_cache(1)
def linker() -> Linker:
    return Linker.to(BASE)


def question(text: str, intent: str) -> Question:
    """Return a question of which the model has learnt nothing but the intent."""
    return Question(
        text,
        intent,
        1.0,
        tuple(linker().link(text)),
        ask=0.34,
        true=0.33,
        false=0.33,
        ranking=((intent, 1.0),),
        acting=linker().acting,
    )


def reply(text: str, intent: str) -> Reply:
    return reply_to(BASE, question(text, intent))


CLAIMS = {
    "what was done, and its opposite": [
        ("mediation_outcome", "Was the mediating fruitless?", YES),
        ("mediation_outcome", "Did the whole mediation effort collapse?", NONE),
        ("mediation_outcome", "Was the mission to Moscow a success?", NO),
        ("holding_out", "Was Kazakhstan the heir that wanted to take over the USSR?", NO),
        ("un_representation", "Did Kazakhstan act for the Soviet Union abroad?", NO),
        ("kazakh_reaction", "Were the Kazakhs furious at the Accords?", YES),
        ("kazakh_reaction", "Did Kazakhstan celebrate the Accords?", NO),
        ("cooperation_wish", "Did the Central Asian states seek close ties with Russia?", YES),
        ("cooperation_wish", "Did the Central Asian states desire to break with Russia?", NO),
        ("legal_questions", "Was the right of the three countries to dissolve the USSR disputed?", YES),
        ("anyone_cared", "Did the world worry that Kazakhstan was still a member?", NO),
        ("everybody_knew", "Did all know that the Soviet Union was doomed?", YES),
        ("cis_hope", "Did they expect the CIS to be a mere trading bloc?", NO),
        ("hope_what", "Was the hope of a good relationship rewarded?", NO),
        ("hope_what", "Was Kazakhstan's hope futile?", YES),
        ("legitimacy_fear", "Could abolishing the USSR have improved the legitimacy of the leaders?", NO),
        ("main_component", "Was Russia a marginal part of the USSR?", NO),
        ("gorbachev_future", "Was Gorbachev's future role settled?", NO),
        ("leaders_elected", "Were the Central Asian leaders appointed?", NO),
    ],
    "denied": [
        ("mediation_outcome", "Did the mediation not succeed?", YES),
        ("mediation_outcome", "Did the mediation never fail?", NO),
        ("consulted", "Had nobody consulted the Kazakhs?", YES),
        ("consulted", "Is it wrong that Kazakhstan had been consulted?", YES),
        ("consulted", "Is it untrue that no one consulted Kazakhstan?", NO),
        ("holding_out", "Is it true that Kazakhstan was never holding out?", YES),
        ("un_representation", "Is it false that Kazakhstan had to represent the USSR?", YES),
        ("anyone_cared", "Did no one care?", YES),
        ("kazakhs_could_do", "Could the Kazakhs do nothing about that?", YES),
        ("still_president", "Was Gorbachev no longer president of the USSR?", NO),
        ("yeltsin_goal", "Was Yeltsin opposed to preserving the USSR?", YES),
        ("gorbachev_goal", "Was Gorbachev against preserving the Soviet Union?", NO),
        ("meeting_when", "Was the USSR not declared defunct on December 26th?", NO),
        ("departure_compare", "Is it true that Russia did not leave before Belarus?", YES),
        ("role_of", "Was Yeltsin never President of the USSR?", YES),
        ("role_of", "Was neither Yeltsin nor Nazarbayev the Soviet president?", YES),
        ("friends", "Were Gorbachev and Nazarbayev not enemies?", YES),
    ],
    "not denied by its form": [
        ("kazakh_reaction", "Wasn't Kazakhstan outraged?", YES),
        ("friends", "Nazarbayev and Gorbachev were close friends, weren't they?", YES),
        ("friends", "They were rivals, Nazarbayev and Gorbachev, right?", NO),
        ("departure_when", "Didn't Russia leave on December 12th?", YES),
        ("main_component", "Isn't it true that Russia was the main component?", YES),
    ],
    "who": [
        ("mission_by_whom", "Was Nazarbayev dispatched by Yeltsin?", NO),
        ("mission_by_whom", "Did the Central Asian states dispatch Nazarbayev?", YES),
        ("mission_by_whom", "Was Nazarbayev delegated by Belarus?", NO),
        ("friends", "Was Yeltsin a friend of Gorbachev?", NO),
        ("successor_state", "Did Kazakhstan become the legal successor of the USSR?", NO),
        ("successor_state", "Was it Russia that became the legal successor?", YES),
        ("yeltsin_dismantling", "Was Gorbachev dismantling the ministries?", NO),
        ("accords_parties", "Was Kazakhstan one of the parties to the Accords?", NO),
        ("accords_parties", "Did Belarus sign the Accords?", YES),
        ("first_to_secede", "Was Belarus the first to secede?", NO),
        ("power_struggle_who", "Was there a power struggle between Gorbachev and Nazarbayev?", NO),
        ("meeting_where", "Did the leaders gather in the Kazakh capital?", YES),
        ("office_holder", "Was Nazarbayev the Chairman of the Russian Supreme Soviet?", NO),
        ("yeltsin_goal", "Did Nazarbayev want a non-communist Russia?", NO),
        ("meeting_who", "Did Yeltsin formally declare the USSR defunct?", NO),
    ],
    "alone and together": [
        ("successor_state", "Was Russia the only successor state?", YES),
        ("who_preserve", "Did only Nazarbayev wish to preserve the union?", NO),
        ("who_preserve", "Did both Nazarbayev and Gorbachev seek to keep the union?", YES),
        ("who_preserve", "Did both Yeltsin and Gorbachev seek to keep the union?", NO),
        ("last_state", "Was Kazakhstan alone in the USSR after Russia had left?", YES),
        ("yeltsin_dismantling", "Did Yeltsin dismantle only the bureaucracies?", NONE),
    ],
    "how many": [
        ("accords_parties", "Were four countries behind the Accords?", NO),
        ("accords_parties", "Were three states involved in the Accords?", YES),
        ("remaining_december", "Did only two republics remain in December 1991?", NO),
        ("accords_parties", "Were at least two countries involved in the Accords?", NONE),
    ],
    "how long": [
        ("alone_how_long", "Was Kazakhstan alone for less than a week?", YES),
        ("alone_how_long", "Was Kazakhstan the sole state for more than five days?", NO),
        ("alone_how_long", "Was Kazakhstan alone for about four days?", YES),
        ("alone_how_long", "Was Kazakhstan alone for a fortnight?", NO),
        ("days_between", "Did Kazakhstan leave within five days after Russia?", YES),
        ("days_between", "Did Kazakhstan leave at least a week after Russia?", NO),
        ("days_between", "Did Russia leave two days before Belarus?", NO),
        ("days_between", "Did Russia leave two days after Belarus?", YES),
        ("days_between", "Did all three of Belarus, Russia and Kazakhstan leave within a week?", YES),
    ],
    "when": [
        ("departure_when", "Did Belarus leave before December 12th?", YES),
        ("departure_when", "Did Belarus leave by December 9th?", NO),
        ("departure_when", "Had Russia already left on December 14th?", YES),
        ("departure_when", "Had Kazakhstan already left on December 14th?", NO),
        ("meeting_when", "Did the meeting take place two days after December 24th?", YES),
        ("meeting_when", "Did the meeting take place three days after December 24th?", NO),
        ("meeting_when", "Had the USSR not yet been declared defunct on December 22nd?", YES),
        ("meeting_when", "Was the USSR declared defunct before 1992?", YES),
        ("disintegration_when", "Did the USSR begin to fall apart in 1988?", NO),
        ("still_president", "Was Gorbachev still president on December 15th?", YES),
        ("still_president", "Was Gorbachev still president on December 20th?", NONE),
        ("still_president", "Was Gorbachev still president when Russia had left?", YES),
    ],
    "who still belonged to it": [
        ("ukraine_membership", "Was Ukraine still part of the USSR when the Accords were made?", NO),
        ("kazakhstan_membership", "Was Kazakhstan still in the Soviet Union when Belarus left?", YES),
        ("remaining_after", "Was Russia still a member on December 11th?", YES),
        ("remaining_after", "Was Belarus still in the USSR on December 13th?", NO),
        ("remaining_after", "Were two states left in the USSR on December 11th?", YES),
        ("remaining_after", "Was anyone still a member on December 18th?", NO),
        ("remaining_after", "Was nobody left in the USSR on December 18th?", YES),
        ("left_by", "Had Lithuania left the USSR by December 10th?", YES),
    ],
    "said beside it": [
        ("mediation_outcome", "Did the mediation fail because of the weather?", NONE),
        ("kazakh_reaction", "Was Kazakhstan outraged by the price of the Accords?", NONE),
        ("friends", "Was Nazarbayev a close friend of Gorbachev since school?", NONE),
        ("departure_when", "Did Kazakhstan join the USSR on December 16th?", NONE),
        ("role_of", "Was Yeltsin the tsar of Russia?", NONE),
        ("friends", "Was he a friend of Gorbachev?", NONE),
        ("ukraine_membership", "Was Ukraine or Kazakhstan still a member of the USSR?", NONE),
        ("main_component", "Was Russia the main component and the capital of the USSR?", NONE),
        ("consulted", "Was Kazakhstan consulted? I heard it was not.", NONE),
        ("gorbachev_future", "Did Kazakhstan know that Gorbachev would have no role?", NONE),
    ],
}
TABLE = [pytest.param(*row, id=f"{kind}: {row[1]}") for kind, rows in CLAIMS.items() for row in rows]


@pytest.mark.parametrize(("intent", "text", "verdict"), TABLE)
def test_a_claim_is_checked_against_the_facts(intent: str, text: str, verdict: bool | None) -> None:
    assert reply(text, intent).verdict is verdict


@pytest.mark.parametrize(
    ("intent", "text", "verdict"),
    [
        ("why_last", "Was Dunholm loyal?", YES),
        ("why_last", "Was Dunholm not loyal?", NO),
        ("why_last", "Was Castermere loyal?", NO),
        ("why_last", "Was Dunholm loyal to a fault?", NONE),
        ("friends", "Was Fenwick a foe of Pellworth?", NO),
        ("friends", "Was Fenwick a friend of Marshall?", NO),
        ("alone_how_long", "Was Dunholm alone for at most five days?", YES),
        ("alone_how_long", "Was Dunholm alone for three or four days?", NONE),
        ("alone_how_long", "Was Dunholm alone after Castermere had left?", YES),
        ("alone_how_long", "Was Dunholm alone before Brennock had left?", NONE),
        ("left_in_june", "Were four islands left?", NO),
    ],
)
def test_another_article_is_checked_by_its_own_words(intent: str, text: str, verdict: bool | None) -> None:
    assert computed(small(), small().answers[intent], asked(text, intent)) is verdict


def contents(text: str) -> tuple[list[str], bool]:
    """Return the words of a text that say something, and whether it is denied by an odd number of words."""
    denied, grammar = denials(text), {*says_nothing(text)}
    words = [
        text[start:end].lower().removesuffix("'s")
        for start, end in words_in(text)
        if (start, end) not in grammar and not any(first <= start < last for first, last in denied)
    ]
    return words, len(denied) % 2 == 1


def named(text: str) -> set[str]:
    """Return the ids of those whom a text names."""
    return {mention.value for mention in linker().link(text) if mention.value in BASE.entities}


def contradicts(asked_text: str, got: Reply) -> bool:
    """True where a reply says Yes to what its own sentence denies, or No to what it repeats."""
    text = straight(asked_text)
    claim = statement(text)
    words, denied = contents(text[claim.start : claim.end])
    for sentence in got.sentences:
        told, told_denied = contents(straight(sentence))
        # What it tells of others beside them is another statement.
        if len(words) > 1 and {*words} <= {*told} and named(sentence) <= named(asked_text):
            return ((denied is not claim.turned) == told_denied) is not got.verdict
    return False


@pytest.mark.parametrize("file", sorted((ROOT / "data" / "dialogues").glob("w*.jsonl")), ids=lambda file: file.stem)
def test_no_reply_contradicts_its_own_first_word(file: object) -> None:
    wrong = []
    for turns in read_dialogues(file):
        for turn in turns:
            if turn.intent not in BASE.answers or not turn.full or len(segments(turn.full)) > 1:
                continue
            got = reply(turn.full, turn.intent)
            if got.verdict is not None and got.lead.startswith(("Yes", "No")) and contradicts(turn.full, got):
                wrong.append((turn.full, got.text))
    assert wrong == []


def test_a_contradiction_is_seen() -> None:
    told = ("No one had consulted Kazakhstan.",)
    yes, no = (Reply(told, "answered", verdict=verdict) for verdict in (True, False))
    assert contradicts("Was Kazakhstan consulted?", yes)
    assert not contradicts("Was Kazakhstan consulted?", no)
    assert contradicts("Was Kazakhstan not consulted?", no)
    assert not contradicts("Was Kazakhstan not consulted?", yes)
