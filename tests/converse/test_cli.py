"""`python -m bot converse`: exit codes, what is shown, reports, expectations accepted."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bot.errors import BotError
from bot.messages.visible import visible
from converse.cli import main
from converse.driver import Unreachable
from tests.support.conversing import CASTERMERE, FixedBot, fixed, reply

TALK = """\
# An islander.
metadata:
  - stated: {status: answered, facts: brennock_leaves, evidence: P1S4}   # as it stands
test_cases:
  - test_case: greets
    steps:
      - user: hello
      - bot: Hello!
  - test_case: asks when
    steps:
      - user: When did Brennock leave?
        metadata: stated
        assertions:
          - bot_uttered: {text_matches: June 3rd}
"""
WRONG = TALK.replace("June 3rd", "June 4th")


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> FixedBot:
    monkeypatch.setattr("bot.logs.set_up_logs", lambda level: None)
    return fixed(monkeypatch, "converse.session")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "talk.yml"
    path.write_text(TALK)
    return path


def test_all_passed_is_0(bot, script, capsys):
    assert main([str(script)]) == 0
    shown = capsys.readouterr().out
    assert "2 passed; 2 turns" in shown
    assert "2/2" in shown  # progress
    assert "user>" not in shown


def test_some_failed_is_1_with_the_difference_and_the_names(bot, script, capsys):
    script.write_text(WRONG)
    assert main([str(script)]) == 1
    shown = capsys.readouterr().out
    assert f'{script}:11: case "asks when"' in shown
    assert "user> When did Brennock leave?" in shown
    assert "- text: Brennock left on June 3rd, 1951." in shown
    assert "+ text_matches: June 4th" in shown
    assert f"✗ {script}::asks when" in shown
    assert "1 passed, 1 failed; 2 turns" in shown


BAD = "test_cases:\n- test_case: c\n  steps:\n  - usr: a\n"


def test_scripts_that_cannot_be_run_are_2_and_nothing_is_said(bot, tmp_path, capsys):
    (tmp_path / "bad.yml").write_text(BAD)
    assert main([str(tmp_path), str(tmp_path / "none.yml")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0].endswith(
        "none.yml: no such file or folder, or no .yml files in it. Give scripts, folders of scripts, or path::case"
    )
    assert 'bad.yml:4: case "c", step 1: unknown key usr' in told[1]
    assert told[2] == "2 problems in the scripts; nothing was run."
    assert not bot.heard


@pytest.mark.parametrize("words", [[], ["-k", "asks"]])
def test_script_that_cannot_be_run_stops_no_other_and_is_2(bot, tmp_path, script, capsys, words):
    (tmp_path / "bad.yml").write_text(BAD)
    assert main([str(tmp_path), "--junit", f"{tmp_path}/j.xml", "--html", f"{tmp_path}/h.html", *words]) == 2
    out, err = capsys.readouterr()
    told = f'{tmp_path}/bad.yml:4: case "c", step 1: unknown key usr'
    assert told in err
    assert f"1 problem in 1 script, which was not run: {tmp_path}/bad.yml" in err
    assert f"{2 - bool(words)} passed" in out
    suites = ET.parse(tmp_path / "j.xml").getroot()
    assert (suites.get("errors"), suites.get("tests")) == ("1", str(3 - bool(words)))
    (error,) = suites.findall("./testsuite/testcase/error")
    assert told in error.text
    page = (tmp_path / "h.html").read_text()
    assert "bad.yml:4: case &#34;c&#34;, step 1" in page
    assert "passed" in page


def test_reports_are_written_where_nothing_could_be_run(bot, tmp_path):
    (tmp_path / "bad.yml").write_text(BAD)
    assert main([str(tmp_path), "--junit", f"{tmp_path}/j.xml", "--html", f"{tmp_path}/h.html"]) == 2
    assert ET.parse(tmp_path / "j.xml").getroot().get("errors") == "1"
    assert "unknown key usr" in (tmp_path / "h.html").read_text()


def test_unknown_slot_is_told_before_anything_is_said_and_the_others_run(bot, tmp_path, script, capsys):
    (tmp_path / "conftest.yml").write_text("fixtures:\n- happy:\n  - mood: 1\n")
    (tmp_path / "moody.yml").write_text("test_cases: [{test_case: c, fixtures: [happy], steps: [user: hello]}]")
    assert main([str(tmp_path), "--junit", f"{tmp_path}/j.xml"]) == 2
    out, err = capsys.readouterr()
    assert (
        f"{tmp_path}/conftest.yml:3: the fixture sets mood, a slot that the domain does not have; valid: memory" in err
    )
    assert "2 passed; 2 turns" in out
    assert not bot.presets
    assert ET.parse(tmp_path / "j.xml").getroot().get("errors") == "1"


def test_shared_fixtures_are_set(bot, tmp_path):
    (tmp_path / "conftest.yml").write_text("fixtures:\n- second:\n  - memory: {turn: 2}\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.yml").write_text("test_cases: [{test_case: c, fixtures: [second], steps: [user: hello]}]")
    assert main([str(tmp_path)]) == 0
    assert [slots for _, slots in bot.presets] == [{"memory": {"turn": 2}}]


def test_empty_script_is_named_and_no_failure(bot, tmp_path, script, capsys):
    empty = tmp_path / "empty.yml"
    empty.write_text("# test_cases: []\n")
    assert main([str(tmp_path)]) == 0
    assert f"{empty}: empty, there is no test case in it" in capsys.readouterr().out
    assert main([str(empty)]) == 0
    assert "nothing was run" in capsys.readouterr().out


def test_words_said_twice_are_a_warning(bot, script, capsys):
    script.write_text("test_cases:\n- test_case: c\n  steps:\n  - user: hello\n  - user: hello\n")
    assert main([str(script)]) == 0
    assert f'warning: {script}:5: case "c", step 2: the user says the same' in capsys.readouterr().out
    assert len(bot.heard) == 2


class Failing(FixedBot):
    """Holds two turns; then there is `error`."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    async def say(self, *arguments):
        if len(self.heard) == 2:
            raise self.error
        return await super().say(*arguments)


@pytest.mark.parametrize(
    ("error", "told"), [(Unreachable("the server is gone"), "the server is gone"), (KeyboardInterrupt(), "interrupted")]
)
def test_what_was_held_before_the_end_of_a_run_is_summed_up_and_reported(
    monkeypatch, script, tmp_path, capsys, error, told
):
    monkeypatch.setattr("bot.logs.set_up_logs", lambda level: None)
    fixed(monkeypatch, "converse.session", bot=Failing(error))
    more = "".join(f"  - {{test_case: more {number}, steps: [user: hello]}}\n" for number in (1, 2))
    script.write_text(WRONG + more)
    arguments = [str(script), "--junit", f"{tmp_path}/j.xml", "--html", f"{tmp_path}/h.html"]
    if isinstance(error, KeyboardInterrupt):
        with pytest.raises(KeyboardInterrupt):
            main(arguments)
    else:
        assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert "1 passed, 1 failed, 2 skipped" in out
    assert f"The run was stopped: {told}" in err
    suites = ET.parse(tmp_path / "j.xml").getroot()
    assert [suites.get(name) for name in ("tests", "failures", "skipped", "errors")] == ["5", "1", "2", "1"]
    assert f"not run: {told}" in (tmp_path / "h.html").read_text()


def test_case_that_cannot_be_held_is_a_failure_of_its_own_that_cannot_be_excused(monkeypatch, script, capsys):
    monkeypatch.setattr("bot.logs.set_up_logs", lambda level: None)

    class Refusing(FixedBot):
        async def say(self, conversation_id, text, metadata):
            if text == "hello":
                raise BotError("cannot say hello")
            return await super().say(conversation_id, text, metadata)

    fixed(monkeypatch, "converse.session", bot=Refusing())
    (script.parent / "known_failures.txt").write_text("talk.yml::greets | is rude\n")
    assert main([str(script)]) == 1
    out = capsys.readouterr().out
    assert "cannot say hello" in out
    assert "1 passed, 1 failed; 1 turn in" in out


def test_bot_that_cannot_be_reached_at_all_is_reported(script, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("bot.logs.set_up_logs", lambda level: None)
    assert main([str(script), "--url", "http://127.0.0.1:9", "--junit", f"{tmp_path}/j.xml"]) == 2
    out, err = capsys.readouterr()
    assert "No answer from http://127.0.0.1:9" in err
    assert "0 passed, 2 skipped" in out
    assert ET.parse(tmp_path / "j.xml").getroot().get("errors") == "1"


def test_everything_shown_and_reported_is_visible(bot, tmp_path, capsys):
    path = tmp_path / "evil\x1b[2J.yml"
    path.write_text(
        'fixtures: [f: [memory: 1]]\ntest_cases:\n- test_case: "c\\e[2J"\n  steps:\n  - user: "which\\e[2J\\u202e"\n'
        '  - bot: "no\\e[2J"\n'
    )
    (tmp_path / "bad.yml").write_text('test_cases:\n- test_case: "c\\e[2J"\n  steps:\n  - "u\\e[2J": a\n')
    bot.replies["which\x1b[2J\u202e"] = reply("Which?\x9b2J", "clarify", buttons=["one\x1b[2J"])
    main([str(tmp_path), "-v", "--junit", f"{tmp_path}/j.xml", "--html", f"{tmp_path}/h.html"])
    out, err = capsys.readouterr()
    for shown in (out, err, (tmp_path / "j.xml").read_text(), (tmp_path / "h.html").read_text()):
        assert visible(shown) == shown
        assert "\\x1b[2J" in shown
    assert ET.parse(tmp_path / "j.xml").getroot().get("errors") == "1"


def test_cases_are_chosen_by_name_and_by_words(bot, script, capsys):
    assert main([f"{script}::greets"]) == 0
    assert main([str(script), "-k", "TALK asks"]) == 0
    assert [text for _, text, _ in bot.heard] == ["hello", "When did Brennock leave?"]
    assert main([str(script), "-k", "nobody"]) == 2
    assert "'nobody'" in capsys.readouterr().err


def test_verbose_shows_every_talk(bot, script, capsys):
    assert main([str(script), "-v"]) == 0
    shown = capsys.readouterr().out
    assert f"✓ {script}::greets" in shown
    assert "bot>  Hello!" in shown
    assert "answered; facts brennock_leaves; evidence P1S4" in shown


def test_nothing_said_can_move_the_terminal(monkeypatch, bot, script, capsys):
    bot.replies["hello"] = reply("Hello! [bold]\x1b[2J\u202eolleh", "social")
    main([str(script), "-v"])
    assert "bot>  Hello! [bold]\\x1b[2J\\u202eolleh" in capsys.readouterr().out


def test_answer_that_is_not_grounded_fails_though_nobody_asserts_it(bot, script, capsys):
    script.write_text("test_cases:\n- {test_case: c, steps: [user: lie to me]}\n")
    assert main([str(script)]) == 1
    shown = capsys.readouterr().out
    assert "the name Quentin is neither in the evidence nor in the question" in shown
    assert "the number 40" in shown


def test_reports_are_written(bot, script, tmp_path, capsys):
    script.write_text(WRONG.replace("greets", "greets & <waves>"))
    bot.replies["hello"] = reply("Hello! <b>\x07</b>", "social")
    assert main([str(script), "--junit", f"{tmp_path}/out/j.xml", "--html", f"{tmp_path}/out/h.html"]) == 1
    suites = ET.parse(tmp_path / "out" / "j.xml").getroot()
    assert (suites.tag, suites.get("tests"), suites.get("failures")) == ("testsuites", "2", "2")
    first, second = suites.findall("./testsuite/testcase")
    assert first.get("name") == "greets & <waves>"
    assert "Hello! <b>\\x07</b>" in first.find("failure").text
    assert second.find("failure").get("message") == f'{script}:11: case "asks when"'
    page = (tmp_path / "out" / "h.html").read_text()
    assert "Hello! &lt;b&gt;\\x07&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "+ text_matches: June 4th" in page
    assert "src=" not in page
    assert "href=" not in page


def test_report_that_cannot_be_written_is_told(bot, script, tmp_path):
    with pytest.raises(BotError, match="cannot be written"):
        main([str(script), "--junit", f"{script}/j.xml", "--html", f"{script.parent}/h.html"])
    assert "2 passed" in (script.parent / "h.html").read_text()


def test_coverage_shows_what_was_reached_and_what_never(bot, script, capsys):
    assert main([str(script), "--coverage"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "facts │ 1 of 16" in shown
    assert "castermere_leaves" in shown


def test_accept_changes_what_is_expected_and_nothing_else(bot, script, capsys):
    script.write_text(WRONG.replace("facts: brennock_leaves", "facts: dunholm_leaves"))
    assert main([str(script), "--accept", "--yes"]) == 0
    assert script.read_text() == WRONG.replace(
        "{text_matches: June 4th}", "{text_matches: 'Brennock left on June 3rd, 1951\\.'}"
    )
    shown = capsys.readouterr().out
    assert "+ text_matches: June 4th" in shown
    assert "2 expectations changed" in shown
    assert "1 passed" in shown or "2 passed" in shown
    assert main([str(script)]) == 0


def test_accept_asks_for_each_case_and_leaves_what_is_not_wanted(bot, script):
    script.write_text(WRONG.replace("bot: Hello!", "bot: Hi!"))
    questions = []

    def ask(question: str) -> str:
        questions.append(question)
        return "y" if len(questions) == 1 else "no"

    assert main([str(script), "--accept"], ask=ask) == 1
    assert len(questions) == 2
    assert script.read_text() == WRONG


def test_accept_says_what_it_cannot_do(bot, script, capsys):
    script.write_text(
        TALK.replace("bot_uttered: {text_matches: June 3rd}", "bot_did_not_utter: {text_matches: June 3rd}")
    )
    before = script.read_text()
    assert main([str(script), "--accept", "--yes"]) == 1
    assert script.read_text() == before
    assert (
        f"{script}:14: bot_did_not_utter cannot be accepted; change it by hand, or the bot" in capsys.readouterr().out
    )


def test_checks_that_cannot_be_made_are_counted(bot, script, capsys):
    from dataclasses import replace

    bot.replies[CASTERMERE] = replace(reply("Castermere left."), events=None)
    script.write_text(
        f"test_cases:\n- test_case: c\n  steps:\n  - user: {CASTERMERE}\n    assertions:\n"
        "    - action_executed: action_answer\n    - slot_was_set: [{name: memory}]\n"
    )
    main([str(script)])
    assert "2 checks not made" in capsys.readouterr().out
