"""pytest runs scripts: a test for each case, chosen, stopped, reported and spread as other tests are."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from bot import paths

CONFTEST = """\
import pytest
from tests.support.conversing import fixed

pytest_plugins = ["converse.plugin"]
PATCH = pytest.MonkeyPatch()

def pytest_configure(config):
    fixed(PATCH, "converse.plugin")

def pytest_unconfigure(config):
    PATCH.undo()
"""
TALK = """\
test_cases:
  - test_case: greets
    steps:
      - user: hello
      - bot: Hello!
  - test_case: asks when
    steps:
      - user: When did Brennock leave?
      - bot: Brennock left on a Monday.
  - test_case: asks who paid
    steps:
      - user: Who paid for it?
      - utter: utter_not_in_document
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with two scripts and another YAML file."""
    pytester.makeini(f"[pytest]\nconverse_paths = talks\npythonpath = {paths.ROOT}\nfilterwarnings = ignore\n")
    pytester.makeconftest(CONFTEST)
    pytester.mkdir("talks").joinpath("first.yml").write_text(TALK)
    pytester.path.joinpath("talks", "second.yaml").write_text("test_cases: [{test_case: waves, steps: [user: hello]}]")
    pytester.path.joinpath("other.yml").write_text("this: is no script")
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


def test_each_case_is_a_test_and_a_failing_one_shows_the_talk(project):
    result = run(project)
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            'talks/first.yml:8: case "asks when"',
            "user> When did Brennock leave?",
            "bot>  Brennock left on June 3rd, 1951.",
            "question: When did Brennock leave?",
            "*- text: Brennock left on June 3rd, 1951.",
            "*+ text: Brennock left on a Monday.",
            "FAILED talks/first.yml::asks when*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_cases_are_chosen_by_words_by_file_and_by_name(project):
    run(project, "-k", "asks and not when").assert_outcomes(passed=1, deselected=3)
    run(project, "talks/second.yaml").assert_outcomes(passed=1)
    run(project, "talks/first.yml::greets").assert_outcomes(passed=1)


def test_first_failure_can_be_the_last(project):
    run(project, "-x").assert_outcomes(passed=1, failed=1)


def test_junit_report_names_case_and_difference(project):
    run(project, "--junitxml=report.xml")
    cases = ET.parse(project.path / "report.xml").getroot().findall(".//testcase")
    assert [case.get("name") for case in cases] == ["greets", "asks when", "asks who paid", "waves"]
    assert "+ text: Brennock left on a Monday." in cases[1].find("failure").text


def test_cases_are_spread_over_processes(project):
    result = project.runpytest_subprocess("-n", "2", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, failed=1)


def test_script_that_cannot_be_run_is_one_error_with_all_problems(project):
    project.path.joinpath("talks", "bad.yml").write_text(
        "test_cases:\n- test_case: c\n  steps:\n  - usr: a\n  - bott: b\n"
    )
    result = run(project, "--continue-on-collection-errors")
    result.assert_outcomes(passed=3, failed=1, errors=1)
    result.stdout.fnmatch_lines(
        ['talks/bad.yml:4: case "c", step 1: unknown key usr*', 'talks/bad.yml:5: case "c", step 2: unknown key bott*']
    )
    assert "Traceback" not in result.stdout.str()


def test_shared_fixtures_serve_and_what_is_no_script_is_left_out(project):
    talks = project.path / "talks"
    (talks / "conftest.yml").write_text("fixtures: [f: [memory: {turn: 1}]]\n")
    (talks / "shared.yml").write_text("test_cases: [{test_case: c, fixtures: [f], steps: [user: hello]}]")
    (talks / "empty.yml").write_text("# test_cases: []\n")
    (talks / "stories.yml").write_text("stories: []\n")
    (talks / "twice.yml").write_text("test_cases: [{test_case: c, steps: [user: hello, user: hello]}]")
    result = run(project, "-W", "default::converse.plugin.ScriptWarning")
    result.assert_outcomes(passed=5, failed=1, warnings=2)
    result.stdout.fnmatch_lines(["*no test_cases in it: talks/stories.yml*", "*talks/twice.yml:1: *says the same as*"])


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ("fixtures: [f: [mood: 1]]\n", "talks/conftest.yml:1: the fixture sets mood, a slot *valid: memory*"),
        ("fixtures: [f: 1]\n", "talks/conftest.yml:1: f must be a list, not 1"),
    ],
)
def test_mistake_in_shared_fixtures_is_told_and_stops_only_who_needs_them(project, shared, told):
    talks = project.path / "talks"
    (talks / "conftest.yml").write_text(shared)
    (talks / "shared.yml").write_text("test_cases: [{test_case: c, fixtures: [f], steps: [user: hello]}]")
    result = run(project, "--continue-on-collection-errors")
    result.assert_outcomes(passed=3, failed=1, errors=1 if "mood" in shared else 2)
    result.stdout.fnmatch_lines([told])
    assert "Traceback" not in result.stdout.str()


def test_script_outside_the_folders_runs_where_it_is_named(project):
    project.path.joinpath("mine.yml").write_text(TALK)
    run(project, "mine.yml", "-k", "greets").assert_outcomes(passed=1, deselected=2)


def test_known_failure_is_expected_to_fail_unless_the_answer_is_made_up(project):
    listed = project.path / "talks" / "known_failures.txt"
    listed.write_text("first.yml::asks when | it was no Monday\nfirst.yml::greets | passes by now\n")
    run(project).assert_outcomes(passed=2, xfailed=1, xpassed=1)
    first = project.path / "talks" / "first.yml"
    first.write_text(TALK.replace("When did Brennock leave?", "lie to me"))
    run(project).assert_outcomes(passed=2, failed=1, xpassed=1)


def test_case_about_another_channel_is_skipped(project):
    project.path.joinpath("talks", "first.yml").write_text(
        "metadata: [m: {channel: slack}]\ntest_cases: [{test_case: c, metadata: m, steps: [user: hello]}]"
    )
    run(project, "--converse-channel=telegram").assert_outcomes(passed=1, skipped=1)
    run(project, "--converse-channel=slack").assert_outcomes(passed=2)


def test_url_and_channel_together_are_refused(project):
    result = run(project, "--converse-url=http://127.0.0.1:9", "--converse-channel=rest")
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_bot_that_cannot_be_reached_fails_each_case_in_one_line(project):
    project.makeconftest('pytest_plugins = ["converse.plugin"]')
    result = run(project, "--converse-url=http://127.0.0.1:9", "talks/second.yaml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["No answer from http://127.0.0.1:9*make run*"])
