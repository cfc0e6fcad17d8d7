"""Finding scripts: one that cannot be run stops no other; fixtures that a folder shares; what is no script at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from converse.reading import FoundScripts, find_files, read_scripts, read_slots

CASE = "test_cases:\n- {test_case: c, steps: [user: a]}\n"
WITH_FIXTURE = "test_cases:\n- {test_case: c, fixtures: [known], steps: [user: a]}\n"
BAD = "test_cases:\n- test_case: c\n  steps:\n  - usr: a\n"


def files(folder: Path, **texts: str) -> Path:
    """Write files; `in_` in a name begins a folder."""
    for name, text in texts.items():
        path = folder / (name.replace("_in_", "/") + ".yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def names(reading: FoundScripts) -> list[str]:
    return [script.path.name for script in reading.scripts]


def fixture(value: str, name: str = "known", slot: str = "memory") -> str:
    return f"fixtures:\n  - {name}:\n      - {slot}: {value}\n"


def test_folders_are_searched_in_order_and_cases_chosen_by_name(tmp_path):
    two = "test_cases: [{test_case: one, steps: [user: a]}, {test_case: two, steps: [user: b]}]"
    for name in ("b/2.yml", "b/1.yaml", "a.yml", ".hidden/3.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(two)
    (tmp_path / "notes.txt").write_text("no script")
    assert [f.name for f in find_files(tmp_path)] == ["a.yml", "1.yaml", "2.yml"]
    reading = read_scripts([f"{tmp_path}/a.yml::two", tmp_path / "b"])
    assert [[case.name for case in script.cases] for script in reading.scripts] == [
        ["two"],
        ["one", "two"],
        ["one", "two"],
    ]
    assert not reading.broken
    assert not reading.notes


def test_what_cannot_be_run_is_set_aside_and_stops_nothing_else(tmp_path):
    files(tmp_path, bad=BAD, good=CASE)
    reading = read_scripts([tmp_path, tmp_path / "none.yml", f"{tmp_path / 'good.yml'}"])
    assert names(reading) == ["good.yml"]
    assert set(reading.broken) == {tmp_path / "bad.yml", tmp_path / "none.yml"}
    assert reading.problems[0].startswith(f"{tmp_path / 'none.yml'}: no such file or folder")
    assert reading.problems[1].startswith(f'{tmp_path / "bad.yml"}:4: case "c", step 1: unknown key usr')


def test_case_that_is_not_there_is_a_problem_of_its_file_alone(tmp_path):
    files(tmp_path, a=CASE, b=CASE)
    reading = read_scripts([f"{tmp_path}/a.yml::d", tmp_path / "b.yml"])
    assert names(reading) == ["b.yml"]
    assert reading.problems == [f'{tmp_path}/a.yml: there is no case "d"; valid: c']


def test_empty_file_is_named_and_no_problem(tmp_path):
    files(tmp_path, a="# test_cases:\n#   - test_case: c\n", b=CASE)
    reading = read_scripts([tmp_path])
    assert [len(script.cases) for script in reading.scripts] == [0, 1]
    assert not reading.broken
    assert reading.notes == [f"{tmp_path}/a.yml: empty, there is no test case in it outside of comments"]


def test_shared_fixtures_are_those_of_the_folder_and_those_around_the_nearest_first(tmp_path):
    files(
        tmp_path,
        conftest=fixture("far") + fixture("far", "other").partition("\n")[2],
        inner_in_conftest=fixture("near"),
        inner_in_own=fixture("own") + WITH_FIXTURE,
        inner_in_plain=WITH_FIXTURE.replace("[known]", "[known, other]"),
        outer=WITH_FIXTURE,
    )
    reading = read_scripts([tmp_path], read_slots())
    assert not reading.broken
    assert not reading.notes
    found = {script.path.name: script.cases[0].slots for script in reading.scripts}
    assert found == {"own.yml": {"memory": "own"}, "plain.yml": {"memory": "far"}, "outer.yml": {"memory": "far"}}


def test_nearer_fixture_replaces_the_farther_one_of_its_name(tmp_path):
    files(tmp_path, conftest=fixture("far"), inner_in_conftest=fixture("near"), inner_in_a=WITH_FIXTURE)
    (script,) = read_scripts([tmp_path / "inner" / "a.yml"]).scripts
    assert script.cases[0].slots == {"memory": "near"}


def test_fixtures_are_not_looked_for_outside_the_assistant(tmp_path):
    files(tmp_path, conftest=fixture("far"), bot_in_config="language: en\n", bot_in_tests_in_a=WITH_FIXTURE)
    reading = read_scripts([tmp_path / "bot" / "tests" / "a.yml"])
    assert "there is no fixtures entry known; valid: none" in reading.problems[0]


@pytest.mark.parametrize("name", ["conftest.yml", "conftest.yaml"])
@pytest.mark.parametrize("content", ["", "# all of it\n", "llm_judge: {llm: {provider: x}}\n", "fixtures:\n"])
def test_shared_file_of_nothing_that_matters_here_is_no_problem(tmp_path, name, content):
    files(tmp_path, a=CASE)
    (tmp_path / name).write_text(content)
    reading = read_scripts([tmp_path])
    assert (names(reading), reading.broken, reading.notes) == (["a.yml"], {}, [])


def test_mistake_in_a_shared_file_is_told_once_and_stops_only_who_needs_it(tmp_path):
    files(tmp_path, conftest="fixtures:\n  - known: 5\n", a=CASE, b=WITH_FIXTURE, c=WITH_FIXTURE)
    reading = read_scripts([tmp_path])
    assert names(reading) == ["a.yml"]
    assert set(reading.broken) == {tmp_path / name for name in ("b.yml", "c.yml", "conftest.yml")}
    assert sum("conftest.yml:2: known must be a list, not 5" in line for line in reading.problems) == 1


def test_key_that_nothing_reads_in_a_shared_file_is_pointed_out(tmp_path):
    files(tmp_path, conftest="fixture: []\n", a=CASE)
    assert read_scripts([tmp_path]).notes == [
        f"{tmp_path}/conftest.yml:1: fixture is of no use here; "
        "a conftest.yml gives fixtures to the scripts beside and below it"
    ]


def test_shared_file_that_is_named_is_no_script(tmp_path):
    files(tmp_path, conftest=fixture("far"))
    reading = read_scripts([tmp_path / "conftest.yml"])
    assert not reading.scripts
    assert not reading.broken
    assert "holds no test cases of its own" in reading.notes[0]


def test_unknown_slot_is_told_with_file_line_and_what_is_valid(tmp_path):
    files(
        tmp_path,
        conftest=fixture("x", slot="mood"),
        a=WITH_FIXTURE,
        b="fixtures: [mine: [memory: 1, moon: 2]]\n" + WITH_FIXTURE.replace("known", "mine"),
        c=CASE,
    )
    reading = read_scripts([tmp_path], ["memory"])
    assert names(reading) == ["c.yml"]
    told = "a slot that the domain does not have; valid: memory"
    assert reading.broken == {
        tmp_path / "a.yml": [f"{tmp_path}/conftest.yml:3: the fixture sets mood, {told}"],
        tmp_path / "b.yml": [f"{tmp_path}/b.yml:1: the fixture sets moon, {told}"],
    }


def test_slots_are_those_of_the_domain_and_of_rasa(tmp_path):
    assert "memory" in read_slots()
    domain = tmp_path / "domain.yml"
    domain.write_text("slots: {a: {type: text}, b: {type: any}}\nforms: {f: {required_slots: [a]}}\n")
    assert read_slots(domain) == ["a", "b", "session_started_metadata", "requested_slot"]


OTHERS = {
    "stories": 'version: "3.1"\nstories:\n- story: s\n  steps: [intent: a]\n',
    "results of a run": "test_results:\n- name: c\n  pass_status: true\n",
    "results that are not YAML": "test_results:\n\n- name: c\npass_status: true\n",
    "list": "- a\n- b\n",
    "manifest": "kind: Pod\nmetadata: {name: a}\n",
}


@pytest.mark.parametrize("other", OTHERS)
def test_other_file_in_a_folder_is_left_out_and_named(tmp_path, other):
    files(tmp_path, other=OTHERS[other], a=CASE)
    reading = read_scripts([tmp_path])
    assert (names(reading), reading.broken) == (["a.yml"], {})
    assert reading.notes == [f"Left out, as there are no test_cases in it: {tmp_path}/other.yml"]
    assert read_scripts([tmp_path / "other.yml"]).broken


def test_many_other_files_are_not_all_named(tmp_path):
    files(tmp_path, a=CASE, **{f"o{number}": "a: b\n" for number in range(9)})
    (note,) = read_scripts([tmp_path]).notes
    assert note.endswith("o4.yml and 4 more")


SLIPS = {
    "test_case": "test_case:\n- {test_case: c, steps: [user: a]}\n",
    "tests_cases": "tests_cases: []\n",
    "no cases yet": fixture("x"),
    "metadata alone": "metadata: [m: {status: social}]\n",
    "broken": "test_cases: [\n",
    "not UTF-8": "",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_script_with_a_slip_is_not_left_out(tmp_path, slip):
    files(tmp_path, slip=SLIPS[slip])
    if slip == "not UTF-8":
        (tmp_path / "slip.yml").write_bytes(b"test_cases: \xff")
    assert set(read_scripts([tmp_path]).broken) == {tmp_path / "slip.yml"}
