"""Errands for another assistant, whatever words they share with an article."""

import pytest

from bot.language.errands import is_errand


@pytest.mark.parametrize(
    "text",
    [
        "please remind me on the 16th that the fleet sailed",
        "set a timer for four days",
        "What's on my calendar for December 3rd?",
        "read me my messages from Ada",
        "could you switch off the lamp in the harbour office",
        "is my flight to Dunholm still on time",
        "book me a table for three",
        "what's my bank balance",
        "transfer 12 euros to Ada",
    ],
)
def test_an_errand(text: str) -> None:
    assert is_errand(text)


@pytest.mark.parametrize(
    "text",
    [
        "remind me who sailed on the 16th",
        "remind me: when did the fleet sail?",
        "In my opinion the order was wrong. In what order did they sail?",
        "Who booked the ship?",
        "my teacher asks when it sank",
        "Who set the date of the meeting?",
        "Did she switch sides?",
        "for my essay: why did it turn back?",
        "Who got the credit?",
    ],
)
def test_a_question_about_an_article(text: str) -> None:
    assert not is_errand(text)
