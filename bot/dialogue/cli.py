"""`python -m bot ask "..." ["..."]`: one conversation from the command line, without Rasa's server."""

from __future__ import annotations

import argparse

from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.turn import Turn
from bot.dialogue.understanding import understand
from bot.facts.loader import load
from bot.messages.visible import visible
from bot.questions.mentions import Mention
from bot.questions.reader import load_reader

_SHOWN = 5


def main(argv: list[str]) -> int:
    """Answer the given messages as one conversation; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot ask", description="Answer messages as one conversation.")
    parser.add_argument("messages", nargs="+", metavar="message", help="what the user says, one message an argument")
    parser.add_argument("--explain", action="store_true", help="show how each message was understood")
    options = parser.parse_args(argv)
    base, memory, read = load(), Memory(), load_reader().read
    for text in options.messages:
        question = read(text)
        if options.explain:
            print(visible("\n".join(explain(Turn(base, memory, question, read)))))
        reply, memory = answer_message(base, memory, question, read)
        reason = f": {reply.reason.value}" if reply.reason else ""
        print(visible(f"{reply.text}  [{reply.status}{reason}]"))
        for quote in reply.evidence:
            print(visible(f"    {quote.sentence}: “{quote.quote}”"))
        for number, button in enumerate(reply.buttons, 1):
            print(visible(f"    {number}. {button}"))
    return 0


def explain(turn: Turn) -> list[str]:
    """Return how a message is understood, as lines to print: on its own, by which rules, and in its conversation."""
    base, said = turn.base, turn.question
    meaning = understand(turn)
    meant = meaning.question
    lines = [f"message:   {said.text}"]
    if turn.memory.has_question:
        lines.append(f"before:    {turn.memory.last_question}")
    if meant.text != said.text or meant.intent != said.intent:
        lines.append(f"on its own: {said.intent} ({said.confidence:.0%})")
        lines.append(f"resolved:  {meant.text}")
    lines.append("rules:     " + (", ".join(meaning.applied) or "none: its own words are enough"))
    if meaning.passed_over:
        lines.append("passed over: " + ", ".join(meaning.passed_over))
    lines.append("mentions:  " + (", ".join(_mention(m) for m in meant.mentions) or "nothing"))
    odds = f"open {meant.ask:.0%}, true {meant.true:.0%}, false {meant.false:.0%}"
    lines.append(f"form:      {'yes/no' if meant.polar else 'open'}; {odds}")
    lines.append("candidates:")
    for intent, share in meant.ranking[:_SHOWN]:
        facts = ", ".join(base.answers[intent].facts) if intent in base.answers else "not in the article"
        lines.append(f"    {share:6.1%}  {intent}  ({facts or 'worked out'})")
    return lines


def _mention(mention: Mention) -> str:
    context = " (from before)" if mention.start < 0 else ""
    return f"{mention.entity} {mention.value}{context}"
