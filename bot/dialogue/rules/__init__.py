"""The rules by which a message becomes the question that it stands for, in the order in which they are tried.

The first rule that fits and settles the question wins. Rules that only complete a question (put a name for "he", add
whom it is about) leave it to those after them; where no rule settles it, it is the message with what they put in.
`bot.dialogue.understanding` walks through the list; `python -m bot ask --explain` shows which rule won, and which were
passed over.
"""

from __future__ import annotations

from bot.dialogue.rules import (
    another_day,
    another_name,
    choice,
    choice_in_words,
    command,
    day_beside_event,
    day_counted_on,
    dismissed,
    former_or_latter,
    he_by_name,
    it_by_name,
    more_about,
    more_about_told,
    name_or_date_alone,
    next_step,
    of_those_listed,
    offered_number,
    own_words,
    read_together,
    several_others,
    the_other,
    thing_pointed_at,
    whom_it_is_about,
)
from bot.dialogue.rules.rule import Rule, completes, settles

RULES: tuple[Rule, ...] = (
    settles(command, "First: it means the same whatever was said before.", alone=True),
    completes(name_or_date_alone, "Before all that looks at the question: it gives a bare name one.", alone=True),
    settles(more_about_told, "Before the plain answer is given a second time."),
    completes(
        more_about, "Before all that looks for a follow-up: what it names is the object of a new question.", alone=True
    ),
    settles(dismissed, "Before a choice or a follow-up is seen in what follows it.", alone=True),
    settles(day_beside_event, "Before the name in it is taken for a choice or for another one.", alone=True),
    settles(choice, "Who was asked back mostly answers; before the number is looked for among the suggestions."),
    settles(choice_in_words, "After the plain choice, of which it is the longer form."),
    settles(offered_number, "Before the follow-ups: a number says nothing else."),
    settles(day_counted_on, "Before the other day: of “four days after the 12th” the 12th is not what is asked about."),
    settles(another_day, "Before the names: a message with a day and names is not a name alone."),
    settles(several_others, "Before the one other name, which would take the last of them."),
    settles(another_name, "After the several; before “the other”, which has no name."),
    settles(the_other, "Before “and then?”, whose words it can share."),
    settles(next_step, "Last of the follow-ups that need no second reading; before “more”, as which “go on” is read."),
    settles(own_words, "After the follow-ups, whose few words are often taken for talk; before anything is put in."),
    completes(he_by_name, "Before reading together: the model knows names better than “he”."),
    completes(former_or_latter, "The same, for the other words that stand for a name."),
    completes(read_together, "With the names in, and before “it”, which needs to know what is asked."),
    completes(it_by_name, "After reading together, which tells whether it wants Yes or No."),
    settles(of_those_listed, "After reading together, which tells that it asks about events; before anybody is added."),
    completes(whom_it_is_about, "When it is known what is asked: only then can be told whom it lacks."),
    completes(thing_pointed_at, "Last: it is for what no answer was found for."),
)
