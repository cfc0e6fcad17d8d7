"""Own questions about the real article that leave out, deny, choose or ask for a long form, with what is asked given.

They prove the answering, not the reading: the intent is the right one, the stance is left open.
"""

from functools import lru_cache

import pytest

from bot.answers.compose import reply_to
from bot.answers.reply import Reply
from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.questions.linker import Linker
from bot.questions.question import Question, within


@lru_cache
def article() -> tuple[FactBase, Linker]:
    """Return the real fact base and its linker."""
    base = load()
    return base, Linker.to(base)


def reply(text: str, intent: str) -> Reply:
    """Answer a question of which only the intent is known."""
    base, linker = article()
    mentions = within(tuple(linker.link(text)), text, text)
    return reply_to(
        base, Question(text, intent, 1.0, mentions, ask=0.34, true=0.33, false=0.33, ranking=((intent, 1.0),))
    )


BESIDES = [
    ("Apart from Gorbachev, who was for keeping the union?", "who_preserve", "Nursultan Nazarbayev."),
    ("Who, other than Nazarbayev, wished to keep the Soviet Union?", "who_preserve", "Mikhail Gorbachev."),
    ("Leaving aside Gorbachev, who else stood up for the union?", "who_preserve", "Nursultan Nazarbayev."),
    ("Who except Gorbachev and Nazarbayev wanted the union kept?", "who_preserve", "The article names no other."),
    ("Besides Ukraine, who made the Belavezha deal?", "accords_parties", "Russia and Belarus."),
    ("Other than Russia and Ukraine, who was in on the Accords?", "accords_parties", "Belarus."),
    ("Russia, Ukraine and who else?", "accords_parties", "Belarus."),
    ("Which states except Belarus were still there in December 1991?", "remaining_december", "Russia and Kazakhstan."),
    ("Not counting Kazakhstan, which republics were left in December?", "remaining_december", "Russia and Belarus."),
    ("Excluding Russia and Kazakhstan, who remained?", "remaining_december", "Belarus."),
    ("Apart from the ministries, what was Yeltsin taking apart?", "yeltsin_dismantling", "The USSR's bureaucracies."),
    ("Aside from bureaucracies, what did he take apart?", "yeltsin_dismantling", "The USSR's ministries."),
    ("With whom besides the Belarusian leader did Yeltsin talk?", "yeltsin_talks", "The Ukrainian leader."),
    ("In addition to the CIS talks, what kept Kazakhstan busy?", "activities", "Laying the groundwork"),
    ("What was it doing besides laying the groundwork?", "activities", "Negotiating with Russia."),
    ("What did the Accords do besides establishing the CIS?", "accords_effect", "Repealing the founding document."),
    ("What else did the Accords do other than repealing a document?", "accords_effect", "Establishing the CIS."),
    ("Besides Russia, whose independence was recognized?", "recognition", "Belarus."),
    ("Who is named in the text besides Yeltsin?", "people_named", "Mikhail Gorbachev and Nursultan Nazarbayev."),
    ("Except for Gorbachev, who was in the power struggle?", "power_struggle_who", "Boris Yeltsin."),
    ("Other than no one asking it, why was Kazakhstan outraged?", "kazakh_reaction_why", "That it was still a member"),
    ("Besides declaring the USSR defunct, what came of the meeting?", "meeting_what", "Russia becoming"),
    ("Who besides the Central Asian states hoped for such a CIS?", "cis_hope", "Kazakhstan."),
    ("Apart from Kazakhstan, who was still in on December 11th?", "remaining_after", "Russia."),
    ("Which states besides Belarus were out by December 13th?", "left_by", "Lithuania, Ukraine and Russia."),
    ("Minus Russia, who were the last three?", "remaining_december", "Belarus and Kazakhstan."),
    ("Did anybody besides Gorbachev want to save the union?", "who_preserve", "Yes. Nursultan Nazarbayev."),
    ("Did anyone other than Russia sign up to the Accords?", "accords_parties", "Yes. Belarus and Ukraine."),
]
DID_NOT = [
    ("Who didn't care to preserve the union?", "who_preserve", "Boris Yeltsin."),
    ("Who was against keeping the USSR?", "who_preserve", "Boris Yeltsin."),
    ("Which of Nazarbayev and Yeltsin did not want the union?", "who_preserve", "Boris Yeltsin."),
    ("Who had no wish for an independent, non-communist Russia?", "who_independent_russia", "Mikhail Gorbachev and"),
    ("Which state had no part in the Accords?", "accords_parties", "Kazakhstan."),
    ("Which of Ukraine, Russia and Kazakhstan never signed up to the Accords?", "accords_parties", "Kazakhstan."),
    ("Russia, Belarus, Ukraine, Kazakhstan: which is the odd one out?", "accords_parties", "Kazakhstan."),
    ("Who among the last three was not in the Accords?", "accords_parties", "Kazakhstan."),
    ("Which of Russia and Ukraine was not party to the Accords?", "accords_parties", "None of those:"),
    ("Which of Belarus, Lithuania and Russia wasn't among those left?", "remaining_december", "Lithuania."),
    ("Which accord countries weren't in the last three?", "remaining_december", "Ukraine."),
    ("Whose independence was not recognized?", "recognition", "Kazakhstan."),
    ("Which of the three leaders had no part in the power struggle?", "power_struggle_who", "Nursultan Nazarbayev."),
    ("Which state hadn't left by December 14th?", "left_by", "Kazakhstan."),
    ("Which state was not still in on December 13th?", "remaining_after", "Lithuania, Ukraine, Belarus and Russia."),
    ("Who of Gorbachev and Nazarbayev wasn't the Soviet president?", "office_holder", "Nursultan Nazarbayev."),
    ("Which of Belarus, Russia and Kazakhstan did not leave on December 12th?", "departure_when", "Belarus and Kaza"),
    ("Which left on a date other than December 10th and December 16th?", "departure_when", "Russia."),
    ("Who left neither on December 12th nor on December 16th?", "departure_when", "Belarus."),
    ("Which of Ukraine and Kazakhstan was not a member any more?", "kazakhstan_membership", "Ukraine."),
    ("Which state besides Kazakhstan was not in the Accords?", "accords_parties", "The article doesn't say of whom"),
]
FOR_IT = [
    ("Who did not want the union to end?", "who_preserve", "Mikhail Gorbachev sought"),
    ("Which president wanted the union kept at that point?", "who_preserve", "Mikhail Gorbachev sought"),
    ("And who was still there in the government's last weeks?", "remaining_december", "Three: only the"),
]
INSTEAD = [
    ("Forget Russia, when did Belarus go?", "departure_when", "Belarus declared its independence on December 10th"),
    ("When did Kazakhstan leave, not Russia?", "departure_when", "Kazakhstan left the USSR on December 16th"),
    ("Never mind Kazakhstan: when did Russia leave?", "departure_when", "Russia left the USSR on December 12th"),
    ("Who was Yeltsin, not Gorbachev?", "who_is", "Boris Yeltsin was"),
    ("What did Belarus do on the 10th rather than Russia?", "departure_when", "Belarus declared"),
    ("Enough about Gorbachev, who was Nazarbayev?", "who_is", "Nursultan Nazarbayev was"),
    ("Did Russia, not Belarus, leave on December 12th?", "departure_when", "Yes. Russia left"),
    ("Did Belarus leave on December 12th instead of Russia?", "departure_when", "No. Belarus declared"),
    ("Did Kazakhstan leave on the 16th, not on the 12th?", "departure_when", "Yes. Kazakhstan left"),
]
EITHER = [
    ("Did Belarus go on the 10th or the 16th?", "departure_when", "Belarus declared its independence on December 10th"),
    (
        "Did Russia leave on December 13th or December 14th?",
        "departure_when",
        "Neither: Russia left the USSR on December 12th",
    ),
    ("Was it on the 14th, the 15th or the 16th that Kazakhstan left?", "departure_when", "Kazakhstan left the USSR"),
    ("Was the meeting on December 25th or on December 26th?", "meeting_when", "The leaders of the newly"),
    ("Was Kazakhstan alone for three days or four days?", "alone_how_long", "Four days:"),
    ("Was it alone for a week or for ten days?", "alone_how_long", "Neither: Kazakhstan was"),
    ("Did Nazarbayev go to Moscow or Minsk?", "mission_where", "To Moscow:"),
    ("Did he travel to Kyiv or to Minsk?", "mission_where", "Neither: Nazarbayev was dispatched to Moscow"),
    ("Was Latvia or Estonia the first to go?", "first_to_secede", "Neither: Lithuania was"),
    ("Was it Lithuania or Latvia that went first?", "first_to_secede", "Lithuania was"),
    ("Was Gorbachev or Yeltsin the one who wanted the union kept?", "who_preserve", "Mikhail Gorbachev sought"),
    ("Was Nazarbayev a friend or a foe of Gorbachev?", "friends", "Nazarbayev was a close friend"),
    ("Did the Kazakhs cheer or rage?", "kazakh_reaction", "With outrage:"),
    ("Did the mediation work or fail?", "mediation_outcome", "It was unsuccessful:"),
    ("Was Yeltsin or Gorbachev the President of the Soviet Union?", "office_holder", "Mikhail Gorbachev was"),
    ("Was Ukraine or Kazakhstan the main component of the USSR?", "main_component", "Neither: Russia was"),
    ("Did Russia or Ukraine become the successor state?", "successor_state", "Russia became"),
    ("Did many countries recognize Russia or Lithuania?", "recognition", "Many countries recognized"),
    ("Did Belarus leave before or after Russia?", "departure_compare", "Belarus came first:"),
    ("Did Kazakhstan want a trading bloc or something like the USSR?", "cis_hope", "They hoped"),
    ("Did Lithuania or Kazakhstan take part in the Accords?", "accords_parties", "Neither: The Accords were between"),
]
IN_FULL = [
    ("What does SSR stand for?", "renaming", "SSR stands for Soviet Socialist Republic."),
    ("whats s.s.r. short for", "missing_details", "SSR stands for Soviet Socialist Republic."),
    ("What is the full form of CIS?", "cis_what", "CIS stands for Commonwealth of Independent States."),
    ("Does UN mean the United Nations?", "un_representation", "Yes. UN stands for United Nations."),
    ("Is CIS short for Council of Independent Soviets?", "cis_what", "No. CIS stands for Commonwealth"),
    ("And the letters U.S.S.R., what do they stand for?", "about_entity", "The article doesn't spell out what USSR"),
    ("Spell out UN for me.", "off_topic", "UN stands for United Nations."),
]
ALL = [*BESIDES, *DID_NOT, *FOR_IT, *INSTEAD, *EITHER, *IN_FULL]


def test_there_are_enough_of_them() -> None:
    assert len({text for text, _, _ in ALL}) >= 80


@pytest.mark.parametrize(("text", "intent", "begins"), ALL)
def test_what_is_asked_is_answered_first(text: str, intent: str, begins: str) -> None:
    assert reply(text, intent).text.startswith(begins)


@pytest.mark.parametrize(("text", "intent", "begins"), [*BESIDES, *DID_NOT, *EITHER])
def test_it_rests_on_the_article(text: str, intent: str, begins: str) -> None:
    found = reply(text, intent)
    assert found.status == "answered"
    assert found.evidence


@pytest.mark.parametrize(("text", "intent", "begins"), EITHER)
def test_a_choice_gets_no_yes(text: str, intent: str, begins: str) -> None:
    assert reply(text, intent).verdict is not True
