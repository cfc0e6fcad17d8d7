# ruff: noqa: E501 (tables are read by line)
"""A small fact base about an invented subject, and questions to it: what the tests of the pure parts stand on.

`small()` is that base in memory; `write(folder)` puts its files into a folder, to be damaged one at a time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.facts.base import FactBase
from bot.facts.loader import read as read_facts
from bot.questions.linker import Linker
from bot.questions.question import Before, Question

ARTICLE = """\
The Last Light of the Tern League
In 1950, the Tern League began to come apart. Orlandia was the first to leave, followed by other islands until June 1951. Marrowby had gone by then, and only Brennock, Castermere and Dunholm remained. Brennock left on June 3rd, and two days later Castermere, the largest island, left as well. This left Dunholm alone for four days, until it went too.
Ada Pellworth, Warden of the League, sought to keep it whole, while Ivo Marshall, the Speaker of Castermere, wanted free islands. Did anyone listen? Dunholm stayed out of loyalty: its Steward, Tilda Fenwick, was an old friend of Pellworth’s. The islands argued for weeks.
Three days after Dunholm left, the islanders met at Harbour House to close the books and declared the League ended.
"""

ENTITIES = """\
entities:
  - id: pellworth
    type: person
    name: Ada Pellworth
    about: Ada Pellworth was Warden of the League and sought to keep it whole.
    facts: [pellworth_goal]
    aliases: [Pellworth]
    exact: [ada]
    misspellings: [Pelvort]
    descriptions: [the woman in charge of the League, her ladyship]
    evidence: {P2S1: "Ada Pellworth, Warden of the League"}
  - id: marshall
    type: person
    name: Ivo Marshall
    about: Ivo Marshall was the Speaker of Castermere and wanted free islands.
    facts: [marshall_goal]
    aliases: [Marshall]
    evidence: {P2S1: "Ivo Marshall, the Speaker of Castermere"}
  - id: fenwick
    type: person
    name: Tilda Fenwick
    aliases: [Fenwick]
    evidence: {P2S3: "Tilda Fenwick"}
  - id: orlandia
    type: state
    name: Orlandia
    about: Orlandia was the first to leave.
    facts: [orlandia_leaves]
    adjectives: [Orlandian]
    evidence: {P1S2: "Orlandia was the first to leave"}
  - {id: marrowby, type: state, name: Marrowby, evidence: {P1S3: "Marrowby had gone by then"}}
  - {id: brennock, type: state, name: Brennock, adjectives: [Brennish], evidence: {P1S4: "Brennock left on June 3rd"}}
  - id: castermere
    type: state
    name: Castermere
    about: Castermere was the largest island and left two days after Brennock.
    facts: [castermere_leaves]
    adjectives: [Castermerish]
    descriptions: [the largest island]
    evidence: {P1S4: "Castermere, the largest island"}
  - {id: dunholm, type: state, name: Dunholm, adjectives: [Dunholmer], evidence: {P1S5: "Dunholm alone"}}
  - id: league
    type: polity
    name: the Tern League
    about: The Tern League began to come apart in 1950.
    facts: [coming_apart]
    aliases: [the League]
    exact: [t.l.]
    evidence: {P1S1: "the Tern League"}
  - {id: harbour_house, type: place, name: Harbour House, evidence: {P3S1: "met at Harbour House"}}
  - {id: warden, type: office, holder: pellworth, of: league, name: Warden of the League, aliases: [Warden], evidence: {P2S1: "Warden of the League"}}
  - {id: speaker, type: office, holder: marshall, of: castermere, name: Speaker of Castermere, aliases: [Speaker], evidence: {P2S1: "the Speaker of Castermere"}}
  - {id: selwick, type: state, outside: true, name: Selwick}
  - {id: dray, type: person, outside: true, name: Quentin Dray, aliases: [Dray]}
"""

EVENTS = """\
events:
  - id: coming_apart
    type: process
    says: the Tern League began to come apart
    noun: the start of the League's end
    participants: {subject: league}
    date: {in: 1950}
    evidence: {P1S1: }
  - id: orlandia_leaves
    type: departure
    says: Orlandia left
    noun: Orlandia's departure
    participants: {leaver: orlandia, left: league}
    order: 1
    after: [coming_apart]
    evidence: {P1S2: "Orlandia was the first to leave"}
  - id: others_follow
    type: process
    says: other islands followed
    noun: the others' departure
    date: {until: 1951-06}
    causes: [orlandia_leaves]
    evidence: {P1S2: "followed by other islands until June 1951"}
  - id: marrowby_leaves
    type: departure
    says: Marrowby left
    noun: Marrowby's departure
    participants: {leaver: marrowby, left: league}
    order: 5
    after: [orlandia_leaves]
    before: [brennock_leaves]
    evidence: {P1S3: "Marrowby had gone by then"}
  - id: brennock_leaves
    type: departure
    says: Brennock left
    noun: Brennock's departure
    participants: {leaver: brennock, left: league}
    date: {on: 1951-06-03}
    order: 10
    evidence: {P1S4: "Brennock left on June 3rd"}
  - id: castermere_leaves
    type: departure
    says: Castermere left
    noun: Castermere's departure
    participants: {leaver: castermere, left: league}
    date: {days: 2, after: brennock_leaves}
    order: 11
    outcomes: [dunholm_alone]
    evidence: {P1S4: "two days later Castermere, the largest island, left as well"}
  - id: dunholm_leaves
    type: departure
    says: Dunholm left
    noun: Dunholm's departure
    participants: {leaver: dunholm, left: league}
    date: {days: 4, after: castermere_leaves}
    order: 12
    evidence: {P1S5: "for four days, until it went too"}
  - id: books_closed
    type: meeting
    says: the islanders met and declared the League ended
    noun: the meeting at Harbour House
    participants: {ended: league}
    date: {days: 3, after: dunholm_leaves}
    place: harbour_house
    order: 13
    names: [meeting, the books, declared ended]
    evidence: {P3S1: "Three days after Dunholm left, the islanders met at Harbour House to close the books and declared the League ended."}
"""

CLAIMS = """\
claims:
  - {id: title, kind: text, says: the text is called “The Last Light of the Tern League”, evidence: {P0S1: }}
  - {id: last_three, kind: status, subject: [brennock, castermere, dunholm], says: "only Brennock, Castermere and Dunholm remained", evidence: {P1S3: "only Brennock, Castermere and Dunholm remained"}}
  - {id: dunholm_alone, kind: status, subject: [dunholm], says: Dunholm was alone for four days, because: [castermere_leaves], evidence: {P1S5: "This left Dunholm alone for four days"}}
  - {id: pellworth_goal, kind: goal, subject: [pellworth], says: Pellworth sought to keep the League whole, evidence: {P2S1: "sought to keep it whole"}}
  - {id: marshall_goal, kind: goal, subject: [marshall], says: Marshall wanted free islands, evidence: {P2S1: "wanted free islands"}}
  - {id: loyalty, kind: reason, subject: [dunholm, fenwick, pellworth], says: Dunholm stayed out of loyalty, evidence: {P2S3: "Dunholm stayed out of loyalty"}}
  - {id: friends, kind: relation, subject: [fenwick, pellworth], says: Fenwick was an old friend of Pellworth's, evidence: {P2S3: "Tilda Fenwick, was an old friend of Pellworth’s"}}
  - {id: argument, kind: status, says: the islands argued for weeks, evidence: {P2S4: }}
silent:
  P2S2: a rhetorical question
"""

DEPARTURES = """\
left_when:
  question: When did Brennock leave the League?
  restated: "When did {entity} leave the League?"
  operation: when
  events: departure
  role: leaver
  next: [left_order, why_last]
left_order:
  question: In what order did the islands leave?
  operation: order
  events: departure
  role: leaver
left_neighbour:
  question: Who left right after Brennock?
  restated: "Who left right after {entity}?"
  operation: neighbour
  events: departure
  role: leaver
left_compare:
  question: Which left earlier, Brennock or Dunholm?
  operation: compare
  events: departure
  role: leaver
days_apart:
  question: How many days lay between Brennock's and Dunholm's departure?
  operation: days_between
  events: departure
  role: leaver
on_the_day:
  question: What happened on June 3rd?
  operation: on_date
  events: departure
  role: leaver
left_after:
  question: Which islands were left after Brennock had gone?
  restated: "Which islands were left after {entity} had gone?"
  operation: remaining_after
  events: departure
  role: leaver
  group: last_three
left_by:
  question: Which islands had left by June 4th?
  operation: left_by
  events: departure
  role: leaver
  group: last_three
what_order:
  question: Which came first, Brennock's departure or the meeting?
  operation: events_order
  events: departure
  role: leaver
same_time:
  question: Did Brennock and Dunholm leave in the same week?
  operation: same_period
  events: departure
  role: leaver
which_gap:
  question: Which gap was longer, Brennock to Castermere or Castermere to Dunholm?
  operation: compare_gaps
  events: departure
  role: leaver
midway:
  question: Which day lies halfway between Brennock's and Castermere's departure?
  operation: halfway
  events: departure
  role: leaver
suppose:
  question: If Dunholm had waited twice as long, when would it have left?
  operation: supposed
  events: departure
  role: leaver
began_when:
  question: When did the League begin to come apart?
  gives: [time]
  withholds: [reason]
  facts: [coming_apart]
  answer: "In 1950."
  yes: "It began in 1950."
  no: "It began in 1950."
ended_when:
  question: When was the League declared ended?
  operation: when
  event: books_closed
  next: [ended_where]
alone_how_long:
  question: How long was Dunholm alone?
  gives: [time, number]
  facts: [dunholm_alone]
  answer: "Four days: Dunholm was alone for four days."
  yes: "Dunholm was alone for four days."
  no: "Dunholm was alone for four days."
  only: {state: [dunholm]}
  duration_days: 4
  next: [why_last, left_order]
alone_what:
  question: What did Dunholm do while it was alone?
  facts: [loyalty]
  during: alone_how_long
  answer: "It stayed out of loyalty."
left_in_june:
  question: Which islands were left in June 1951?
  on_day: left_after
  gives: [time, number]
  counts: {number: 3, of: [islands]}
  facts: [last_three]
  answer: "Three: Brennock, Castermere and Dunholm."
"""

PEOPLE = """\
who_is:
  question: Who was Ada Pellworth?
  restated: "Who was {entity}?"
  operation: describe
  type: person
  next: [role_of]
role_of:
  question: What position did Ivo Marshall hold?
  restated: "What position did {entity} hold?"
  operation: role
  type: person
office_holder:
  question: Who was the Warden?
  operation: office_holder
  type: office
about_entity:
  question: What does the article say about Castermere?
  restated: "What does the article say about {entity}?"
  operation: describe
why_last:
  question: Why was Dunholm the last to leave?
  facts: [loyalty, friends]
  answer: "Out of loyalty: its Steward was an old friend of Pellworth's. So it stayed."
  yes: "Dunholm stayed out of loyalty."
  no: "Dunholm stayed out of loyalty, not for gain."
  no_facts: [loyalty]
  only: {state: [dunholm]}
  simple: It was loyal to a friend.
  next: [alone_how_long, friends]
friends:
  question: Whose friend was Tilda Fenwick?
  facts: [friends]
  answer: "Fenwick was an old friend of Pellworth's."
  only: {person: [fenwick, pellworth]}
  next: [why_last]
ended_where:
  question: Where was the League declared ended?
  gives: [place]
  facts: [books_closed]
  answer: "At Harbour House."
  only: {place: [harbour_house]}
  next: [ended_when]
summary:
  question: What is the article about?
  facts: [title, argument, last_three]
  withholds: [names]
  answer: "It is about the end of the Tern League. The islands argued for weeks."
  next: [left_order, why_last, friends, who_is]
"""

MISSING = """\
missing_money:
  what: "say anything about money"
  asked:
    - {words: [tax*], what: ["say what {person} paid in taxes", say anything about taxes]}
    - {words: [how many], what: "say how many {counted} were paid"}
  next: [why_last, summary]
missing_names: {what: ["name {place}", "give that name"], near: friends, next: [who_is]}
missing_leaving:
  what: ["say that about {event}", "say that"]
  asked:
    - {words: [why], what: "say why {says}"}
  events: departure
  role: leaver
  next: [left_when]
"""

VOCABULARY = """\
kinds:
  person:
    nouns: [man, guy, politician, leader, warden, speaker, steward]
    plurals: [leaders]
    pronouns: [he]
    shown: true
  state:
    nouns: [island, state]
    plurals: [islands, states]
    pronouns: [it, they]
    shown: true
    own_name: true
  polity:
    whole: true
    pronouns: [it]
    shown: true
  group: {pronouns: [they], shown: true, unnamed: true}
  agreement: {nouns: [agreement, treaty, document, deal, accord, accords, pact], pronouns: [it, they], shown: true}
  organisation: {nouns: [organisation, organization, union, body], pronouns: [it], shown: true}
  place: {nouns: [city, town, place, capital], pronouns: [it, there]}
  office: {}
columns:
  - {kinds: [person, group], title: {en: People}}
  - {kinds: [state, polity], title: {en: Islands, de: Inseln}}
  - {kinds: [agreement, organisation], title: {en: Bodies}}
stand_in: [state, person, organisation, agreement, place, office, group]
nearest: [group, agreement, organisation, person, place]
subjects: [group, agreement, organisation, person, place, state]
named: []
places: [town, city, place, village, building, hotel, country]
opposites: [friend, rival, opponent, enemy, adversary, counterpart, partner, neighbour, neighbor]
verbs:
  departure: [left, leave, leaves, leaving, went, go, goes, gone]
  meeting: [met, meet, attended, attend, took]
several:
  - {events: [brennock_leaves, castermere_leaves, dunholm_leaves], names: [last three, three last, departures]}
  - {events: [castermere_leaves, dunholm_leaves], names: [days alone]}
claims:
  positions: [goal]
  mutual: [relation]
dates:
  years: [1900, 2099]
  two_digit_years: [1950, 1959]
  day_first: false
intents:
  start_over: start_over
  timeline: show_timeline
  evidence: ask_evidence
  more: ask_more
  repeat: ask_repeat
  shorter: ask_shorter
  simpler: ask_simpler
  explain: ask_why_matched
  insult: insult
  greeting: greet
  aside: [greet, goodbye, thanks, how_are_you, bot_identity, capabilities, praise, dismay, complaint, insult, affirm, deny, off_topic, instruction]
"""

WORDING = """\
examples: ["Why was Dunholm the last to leave?", "When did Brennock leave?"]
commands: {explain: ask_why_matched}
lead:
  yes: "Yes."
  no: "No."
  corrected: "Otherwise:"
  not_entity: "It was not {wrong}."
  neither: "Neither:"
members:
  those: "{names}."
  no_other: "There was no other. {text}"
  none: "None of those: {text}"
  untold: "It is not told of whom that is not so. {text}"
abbreviation:
  long: "{short} stands for {long}."
  untold: "It is not told what {short} stands for."
refused:
  missing: "The article does not {what}."
  near: "Nearest: {text}"
  time: ["It does not say when {says}."]
  place: ["It does not say where {says}."]
  number: ["It does not say how many {counted}.", "It does not say how many."]
  names: ["It does not name {unnamed}.", "It does not name them."]
  reason: ["It does not say why {says}."]
  off_topic: "Only about “{title}”."
  instruction: "Only questions."
  unsure: "No answer found."
  no_date: "It does not say when {says}."
  one_beside: "“{question}” is beside it."
  not_understood: "No question made out."
  not_mentioned: "It does not mention {entity}."
  no_date_between: "No date for {noun}."
  nothing_on: "Nothing on {date}."
  nothing_in: "Nothing in {date}."
  no_neighbour: "Nobody known directly {direction} {entity}."
  no_holder: "No holder known."
  nobody_at_head: "No leader of {entity} known."
  not_described: "Nothing about {entity}."
  no_role: "No office for {entity}."
  unknown_order_of: "The article doesn't say which came first, {events}."
  no_day_for: "It gives no day for {noun}."
  no_period: "The article gives no date for {nouns}, so that can't be told."
  no_gaps: "The article gives no dates between which that could be counted."
  no_supposition: "The article doesn't say what would have been then."
  unknown_order: "The order is not told."
  blank: "A blank."
  no_words: "I only read words."
  other_script: "I only read English."
clarify:
  which: "Which one?"
  another: "Another"
  name_it: "Name it."
  not_among: "None of these."
  what_question: "Is it one of these?"
conversation:
  nothing_asked: "Nothing asked."
  only: "Asked: “{first}”."
  first: "First: “{first}”."
  last: "Last: “{last}”."
  all: "First: “{first}”, last: “{last}”."
sentence:
  silent: "It states nothing."
dates:
  stated: "{Says} on {date}."
  counted: "{Says} on {date}: {days} after {noun}."
  on: "On {date}, {events}."
  in: "In {date}, {events}."
  on_counted: "On {date}, by counting, {events}."
  step: "{says} on {date}"
  apart: "{Days}: {first} on {first_date} and {second} on {second_date}."
  apart_stated: "{Days}: {first} on {first_date}, and {days} later {second}."
  apart_counted: "{Days}: {first} on {first_date} and {second} on {second_date}, as counted."
  later: "{Count} later, on {date}, {events}."
  earlier: "{Count} earlier, on {date}, {events}."
  gap: "{days} from {first} to {second}"
  gap_sum: "{days} in all ({gaps})"
  gaps: "From {first} to {second} it was longer: {long_days}, against {shorter}."
  gaps_shorter: "From {first} to {second} it was shorter: {short_days}, against {longer}."
  gaps_bare: "{longer}, against {shorter}: {difference} more."
  gaps_equal: "Both are equally long: {longer}, and {shorter}."
  gap_difference: "{difference}: {longer}, against {shorter}."
  gap_ratio: "{times} as long: {longer}, against {shorter}."
  gap_half: "Half as long: {shorter}, against {longer}."
  closer: "It was closer to {first}: {short_days}, against {long_days} to {second}."
  all_gaps: "{gaps}."
  longest: "The longest was from {first} to {second}: {days}. The others: {rest}."
  shortest: "The shortest was from {first} to {second}: {days}. The others: {rest}."
  middle_gap: "That from {first} to {second}: {days}. The others: {rest}."
  gaps_total: "{Total} in all: {gaps}."
  gaps_average: "{average} days on average: {gaps}, {total} in all."
  pairs: "{pairs}."
  no_pair: "No two events of the article lie {days} apart."
  halfway: "{date}: {days} lie between {first} and {second}, and half of them is {half}."
  halfway_between: "Between {date} and {next}: {days} lie between {first} and {second}, and half of them is {half}."
  noun_on: "{noun} on {date}"
  noun_was_on: "{Noun} was on {date}."
  step_in: "{says} in {date}"
  same_week: "That is the same week, counted from Monday to Sunday."
  other_week: "Those are different weeks, counted from Monday to Sunday."
  span: "From first to last that is {days}."
  supposed: "{date}: {how}."
  supposed_chain: "{date}: {steps}."
  supposed_after: "{length} after {first} on {first_date}"
  supposed_before: "{length} before {first} on {first_date}"
  supposed_instead: "{length} after {first} on {first_date}, instead of {days}"
  supposed_at_once: "the same day as {first}"
  supposed_later: "{length} later than on {was}"
  supposed_sooner: "{length} earlier than on {was}"
  supposed_step: "{noun} on {date}"
  supposed_next: "{noun} {length} later, on {date}"
  supposed_apart: "{Days}: from {first} on {date} to {second} on {second_date}."
  sum_after: "{date}: {length} after {first} on {first_date}."
  sum_before: "{date}: {length} before {first} on {first_date}."
order:
  first: "{entity} was first"
  gap: "others followed"
  step: "{entity} on {date}"
  step_counted: "{entity} on {date} (counted)"
  between_steps: ", then "
  list: "{steps}."
  neighbour: "{Says} on {date}, {days} {direction} {other}."
  neighbour_undated: "{Says} directly {direction} {other}."
  neighbour_untold: "{Says}; nobody known directly {direction} {entity}."
  nobody_before: "Nobody: {entity} was the first."
  nobody_after: "Nobody left after {entity}."
  at_end: "{Says} on {date}."
  at_end_undated: "{Says}."
  compare_dated: "{first_noun} came before {second_noun}, which was on {second_date}."
  same_day: "Both were on {date}: {first} and {second}."
  at_place: "It was {event}."
  no_place: "The article doesn't say where in that order {events} came."
  sooner_than_day: "{noun} came before {date}."
  later_than_day: "{noun} came after {date}."
  position: "{event} came after {earlier}, and before {later}."
  position_after: "{event} came after {earlier}."
  position_before: "{event} came before {later}."
  by_time: "by {time}"
  before_time: "before {time}"
  gone_all: "{when} all had left; {last} was the last to go, on {date}."
  gone_all_but: "{when} all but {staying} had left: {gone} among them."
  gone_these: "{when} these had left: {gone}."
  gone_of_these: "{when} {gone} had left; still in: {staying}."
  gone_none: "{when} none of these had left: {staying}."
  gone_between: "{gone} left between them, the article says; others it does not name."
  remaining_none_since: "None: {entity} was the last, on {date}."
  so_many_from_to: "From {date}, when {first}, until {until}, when {second}."
  so_many_since: "From {date} on, when {first}."
  remaining: "{Count} remained: {entities}."
  remaining_one: "Only {entities} remained."
  remaining_none: "None: {entity} was the last."
  compare: "{first_noun} came before {second_noun}."
  compare_days: "{first} came first: {first_says} on {first_date}, and {second_says} {days} later, on {second_date}."
  compare_wrong: "{second} came after {first}: {first_says} on {first_date}, {second_says} {days} later, on {second_date}."
  middle: "{Says} on {date}, between {first} and {last}."
held:
  holder: "{holder} was the {title}."
  role: "{holder} held the office: {title}."
steer:
  nothing_yet: "Ask first."
  evidence: "It rests on {quotes}."
  quote: "“{quote}” ({sentence})"
  counted: "Worked out: {text}"
  no_evidence: "Nothing to quote."
  more: "{text}"
  was: "{Noun} was"
  nothing_at_all: "There is nothing."
  nothing_more: "That is all."
  nothing_more_dated: "That is all that happened."
  asked_of: "{question}”, but about “{named}"
  told_of: "What of {named}?"
  wished_timeline: "The timeline was wished."
  wished_more: "More was wished."
  nothing_more_on: "That is all on {subject}."
  shortest: "{text}"
  simpler: "Simply: {text}"
  question: "“{question}”"
  matched: "Understood as {question} ({odds})."
  matched_several: "Understood as {count}: {question}."
  followed: "Understood from before as {question}."
  of_kind: "Like {question}, but which one?"
  second: "Second: {question} ({odds})."
  rules: "Rules: {rules}."
  passed_over: "Passed over: {rules}."
  facts_used: "Facts: {facts}."
  not_made_out: "No question made out."
  not_in_article: "something not told"
  not_about_article: "something beside it"
timeline:
  title: "The order of things"
  says: "In order: {steps}."
  sometime: "Sometime: {steps}."
  step: "{when}, {says}"
  step_counted: "{when} (counted), {says}"
  step_undated: "{says} (undated)"
  step_unplaced: "{says} ({when})"
  until: "until {date}"
  days_after: "{days} days after {noun}"
  after: "after {earlier}"
  before: "before {later}"
  between: "after {earlier}, before {later}"
  counted: "counted"
  stated: "stated"
  undated: "undated"
  unplaced: "unplaced"
  alt: "{count} events. {text}"
transcript:
  title: "About “{title}”"
  you: You
  bot: Bot
  about: about {sentence}
map:
  title: "Who was who"
  alt: "{entities} and {relations}"
relations:
  departure: left
  last_three: ""
  loyalty: stayed loyal to
introductions: [greet, capabilities]
social:
  greet: "Hello!"
  capabilities: "Ask about the League: {examples}"
  thanks: "You're welcome!"
  start_over: "Let's start over."
"""

SAID = """\
dunholm_alone:
  - {so: [alone, on its own], not_so: [in company], words: [island*], named: [league], actor: [dunholm], complete: actor, lasts: 4, during: {from: castermere_leaves, until: dunholm_leaves}}
loyalty:
  - {so: [loyal*], not_so: [for gain, greed*], words: [stay*], named: [league], actor: [dunholm], complete: actor}
friends:
  - {so: [friend*], not_so: [foe*, enem*, rival*], words: [old], among: [fenwick, pellworth]}
pellworth_goal:
  - {so: [keep ... whole, preserv*], not_so: [break up, end], needs: [[want*, sought, seek*, against]], words: [want*, sought, seek*], named: [league], actor: [pellworth], complete: actor}
brennock_leaves:
  - {so: [leave, left], words: [at all], named: [league], actor: [brennock]}
castermere_leaves:
  - {so: [leave, left], words: [at all], named: [league], actor: [castermere]}
dunholm_leaves:
  - {so: [leave, left], words: [at all], named: [league], actor: [dunholm]}
last_three:
  - {so: [left, remain*], words: [island*, in june], among: [brennock, castermere, dunholm], complete: among, counts: {number: 3, of: [islands]}}
"""

FILES = {
    "article.txt": ARTICLE,
    "entities.yml": ENTITIES,
    "events.yml": EVENTS,
    "claims.yml": CLAIMS,
    "answers/departures.yml": DEPARTURES,
    "answers/people.yml": PEOPLE,
    "missing.yml": MISSING,
    "wording.yml": WORDING,
    "vocabulary.yml": VOCABULARY,
    "said.yml": SAID,
}


def write(folder: Path) -> tuple[Path, Path]:
    """Write the small base and its training questions; return the folders of facts and questions."""
    facts, questions = folder / "facts", folder / "nlu"
    _write_facts(facts)
    questions.mkdir()
    for topic in ("departures", "people", "not_in_article"):
        intents = [i for i, t in small().topics.items() if t == topic] or list(small().missing)
        blocks = [f"- intent: {intent}\n  examples: |\n    - anything\n" for intent in intents]
        (questions / f"{topic}.yml").write_text("nlu:\n" + "".join(blocks), encoding="utf-8")
    named = [name for names in small().vocabulary.intents.named.values() for name in names]
    steering = [f"- intent: {intent}\n  examples: |\n    - anything\n" for intent in dict.fromkeys(named)]
    (questions / "steering.yml").write_text("nlu:\n" + "".join(steering), encoding="utf-8")
    return facts, questions


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that stands once in one file of a written base."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


@lru_cache(maxsize=1)
def small() -> FactBase:
    """Return the small base."""
    with tempfile.TemporaryDirectory() as folder:
        _write_facts(Path(folder))
        base, problems = read_facts(Path(folder))
    assert not problems, problems
    return base


@lru_cache(maxsize=1)
def linker() -> Linker:
    """Return a linker to the small base."""
    return Linker.to(small())


def asked(text: str, intent: str, confidence: float = 0.95, **rest: Any) -> Question:
    """Return `text` read as `intent`, with what it mentions."""
    ranking = rest.pop("ranking", ((intent, confidence),))
    return Question(
        text, intent, confidence, tuple(linker().link(text)), ranking=ranking, acting=linker().acting, **rest
    )


class FakeReader:
    """Stands for the model: knows what each text asks, alone or `(after, text)` as said after another question.

    A value is an intent, or a dict of fields of the question. It knows the questions of the answers, and takes what it
    does not know with its context as if it stood alone, what it does not know at all for off topic.
    """

    def __init__(self, known: Mapping[Any, Any]) -> None:
        entries = small().answers.items()
        names = [entity.name for entity in small().entities.values()]
        self.known: dict[Any, Any] = {e.restated.format(entity=n): i for i, e in entries if e.restated for n in names}
        self.known |= {entry.question: intent for intent, entry in entries} | dict(known)
        self.calls: list[tuple[str, str | None]] = []

    def __call__(self, text: str, after: Before | None = None) -> Question:
        """Read a text as `bot.questions.reader.read` does."""
        before = after and after.question
        self.calls.append((text, before))
        found = self.known.get((before, text)) or self.known.get(text, "off_topic")
        return asked(text, **(found if isinstance(found, dict) else {"intent": found}))


def _write_facts(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
