"""Messages that ask more than one question are cut into each."""

from __future__ import annotations

import pytest

from bot.language.several_questions import questions_in


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "When did Brennock leave and when did Dunholm leave?",
            ["When did Brennock leave?", "when did Dunholm leave?"],
        ),
        ("Who was sent, and did it help?", ["Who was sent?", "did it help?"]),
        ("Where and when did they meet?", ["Where did they meet?", "when did they meet?"]),
        ("Who was she? And how old was she?", ["Who was she?", "And how old was she?"]),
        ("I teach. Who went? Who stayed?", ["Who went?", "Who stayed?"]),
        ("Who led it and who left it?", ["Who led it?", "who left it?"]),
        ("Who sent her and why?", ["Who sent her?", "why?"]),
        ("who was she and what's that island", ["who was she?", "what's that island"]),
        ("What is the League, what is Harbour House?", ["What is the League?", "what is Harbour House?"]),
        ("Where was she sent and by whom?", ["Where was she sent?", "by whom?"]),
        ("What happened then and what happened next?", ["What happened then?", "what happened next?"]),
        ("Who was Fenwick, and what about Pellworth?", ["Who was Fenwick?", "what about Pellworth?"]),
        ("Tell me who she was and what she wanted", ["Tell me who she was", "Tell me what she wanted"]),
        # One question ...
        ("Can you tell me who led it?", []),
        ("What about the treaties, did it keep them?", []),
        ("Tell me about her and Fenwick", []),
        ("When the League fell apart, what did Dunholm do?", []),
        ("Who was she, the one who led it?", []),
        ("When did Brennock and Dunholm leave?", []),
        ("What did she want and do?", []),
        ("Who stayed, and who it was that left?", []),
        ("How many days lay between when Brennock left and when did Dunholm leave?", []),
        ("I know who left and when did not matter.", []),
        ("Did it? Really?", []),
        # ... or too many to answer.
        ("Who went? Who stayed? Who came? Who slept?", []),
        ("", []),
    ],
)
def test_what_a_message_asks(text: str, questions: list[str]) -> None:
    assert questions_in(text, ("country", "state")) == questions


def test_which_of_some_kind_begins_a_question_where_the_kind_has_a_noun() -> None:
    text = "Who was sent, and which ship was it?"
    assert questions_in(text) == []
    assert questions_in(text, ("ship",)) == ["Who was sent?", "which ship was it?"]
