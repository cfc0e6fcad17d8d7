"""How fast anybody may go, in one conversation and from one address."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import rest
from bot.channels.web import channel as web
from bot.settings import Settings
from bot.web.limits import RateLimiter, retry_after
from tests.support.clock import Clock
from tests.support.tiny import Client, serving, tiny_agent, tiny_model
from tests.support.waiting import wait_until
from tests.support.web import Reader, code_of, reader, texts

# ---- The bucket --------------------------------------------------------------------


def test_burst_goes_through_and_then_one_at_a_time() -> None:
    clock = Clock()
    limiter = RateLimiter(2.0, 3, clock=clock)
    assert [limiter.allow("a") for _ in range(3)] == [0, 0, 0]
    assert limiter.allow("a") == pytest.approx(0.5)
    assert limiter.allow("a") == pytest.approx(0.5)  # asking costs nothing
    clock.now += 0.5
    assert limiter.allow("a") == 0
    assert limiter.allow("a") == pytest.approx(0.5)
    clock.now += 60
    assert [limiter.allow("a") > 0 for _ in range(4)] == [False, False, False, True]  # no more than a burst is saved


def test_keys_do_not_share_a_bucket() -> None:
    limiter = RateLimiter(1, 1, clock=Clock())
    assert [limiter.allow(key) for key in "abc"] == [0, 0, 0]
    assert limiter.allow("a") > 0


def test_no_limit_keeps_nothing() -> None:
    limiter = RateLimiter(0, 1)
    assert not any(limiter.allow(str(number % 3)) for number in range(1000))
    assert len(limiter) == 0


def test_memory_is_bounded_and_whoever_asks_stays() -> None:
    clock = Clock()
    limiter = RateLimiter(0.001, 1, max_keys=100, clock=clock)
    limiter.allow("busy")
    for number in range(10_000):
        limiter.allow(f"key {number}")
        if number % 50 == 0:
            assert limiter.allow("busy") > 0
    assert len(limiter) == 100


@given(st.floats(0.1, 100), st.integers(1, 20), st.lists(st.floats(0, 2, allow_nan=False), min_size=1, max_size=200))
def test_never_more_than_rate_and_burst_allow(rate: float, burst: int, gaps: list[float]) -> None:
    clock = Clock()
    limiter = RateLimiter(rate, burst, clock=clock)
    passed = 0
    for gap in gaps:
        clock.now += gap
        passed += limiter.allow("a") == 0
    assert passed <= burst + (clock.now - Clock.START) * rate + 1e-6


@given(st.floats(0.1, 100), st.integers(1, 20))
def test_whoever_waits_as_told_gets_through(rate: float, burst: int) -> None:
    clock = Clock()
    limiter = RateLimiter(rate, burst, clock=clock)
    for _ in range(50):
        wait = limiter.allow("a")
        if wait:
            clock.now += wait
            assert limiter.allow("a") == 0


@pytest.mark.parametrize(("wait", "header"), [(0.01, "1"), (1.0, "1"), (1.2, "2"), (59.5, "60")])
def test_waiting_time_is_told_in_whole_seconds(wait: float, header: str) -> None:
    assert retry_after(wait) == header


# ---- The web channel and REST ----------------------------------------------------------

NEAR, FAR = "203.0.113.7", "198.51.100.9"


CLOCK = Clock()


@pytest.fixture(scope="module")
def limited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server behind one proxy, with tight limits, for which time passes only when a test has it pass."""
    settings = Settings(
        database=tmp_path_factory.mktemp("limits") / "c.sqlite",
        rate_per_second=0.5,
        rate_burst=3,
        address_rate_per_second=2,
        address_rate_burst=10,
        trusted_proxies=1,
    )
    with pytest.MonkeyPatch.context() as patch:
        for channel in (web, rest):
            patch.setattr(channel, "RateLimiter", functools.partial(RateLimiter, clock=CLOCK))
        with serving(tiny_agent(tiny_model(request.config.cache), settings), settings) as client:
            yield client


def test_conversation_has_its_own_limit_and_can_go_on_after_it(limited: Client) -> None:
    mine, yours = reader(limited), reader(limited)
    statuses = [mine.say("when?").status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = mine.say("when?", "kept-back")
    assert code_of(refused) == (429, "too_many")
    assert yours.say("when?").status == 200
    assert len(mine.history()) == 3  # reading is not limited with it
    CLOCK.move(int(refused.headers["Retry-After"]) - 1.1)
    assert mine.say("when?", "kept-back").status == 429  # not sooner
    CLOCK.move(1.1)
    assert "Question 4" in texts(mine.say("when?", "kept-back"))


def test_feedback_and_restart_are_limited_too(limited: Client) -> None:
    mine = reader(limited)
    mine.say("when?", "judged-it")
    statuses = [mine.post("/feedback", {"id": "judged-it", "verdict": "up"}).status for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert mine.post("/restart", {}).status == 429


def test_address_has_a_limit_over_all_its_conversations(limited: Client) -> None:
    statuses = [Reader(limited, headers={"X-Forwarded-For": NEAR}).begin().status for _ in range(15)]
    assert statuses == [200] * 10 + [429] * 5
    assert Reader(limited, headers={"X-Forwarded-For": FAR}).begin().status == 200


def test_client_cannot_choose_its_address(limited: Client) -> None:
    # The proxy adds the address it sees at the end; what stands before that is the client's own invention.
    statuses = [
        Reader(limited, headers={"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.8"}).begin().status
        for number in range(15)
    ]
    assert statuses == [200] * 10 + [429] * 5


def test_addresses_of_one_household_count_as_one(limited: Client) -> None:
    statuses = [
        Reader(limited, headers={"X-Forwarded-For": f"2001:db8:1:2::{number:x}"}).begin().status for number in range(15)
    ]
    assert statuses == [200] * 10 + [429] * 5
    assert Reader(limited, headers={"X-Forwarded-For": "2001:db8:1:3::1"}).begin().status == 200


def test_rest_has_the_limit_of_addresses_too(limited: Client) -> None:
    def say(address: str) -> int:
        body = b'{"message": "hello"}'
        path = "/webhooks/rest/webhook"
        return limited.request("POST", path, body, Content_Type="application/json", X_Forwarded_For=address).status

    assert [say("203.0.113.99") for _ in range(10)] == [200] * 10
    assert [say("203.0.113.99") for _ in range(4)] == [429] * 4
    assert say("203.0.113.98") == 200


def test_this_machine_has_no_limit(limited: Client) -> None:
    assert {limited.say(f"quick-{number}", "hello").status for number in range(40)} == {200}
    assert {Reader(limited).begin().status for _ in range(20)} == {200}


def test_forwarded_address_does_not_count_without_a_trusted_proxy(client: Client) -> None:
    assert {Reader(client, headers={"X-Forwarded-For": NEAR}).begin().status for _ in range(80)} == {200}


def test_others_are_served_while_one_floods(limited: Client) -> None:
    stop = threading.Event()
    statuses: list[list[int]] = [[], [], []]

    def flood(mine: list[int]) -> None:
        pest = reader(limited)
        while not stop.is_set():
            mine.append(pest.say("when?").status)

    pests = [threading.Thread(target=flood, args=(mine,)) for mine in statuses]
    for pest in pests:
        pest.start()
    try:
        for _ in range(15):
            seen = [len(mine) for mine in statuses]
            assert reader(limited).say("when?").status == 200
            # None of them was held up by the others, nor held them up.
            wait_until(lambda seen=seen: all(len(mine) > had for mine, had in zip(statuses, seen, strict=True)))
    finally:
        stop.set()
        for pest in pests:
            pest.join()
    # Whoever floods costs the bot no more turns than anybody else.
    assert [mine.count(200) for mine in statuses] == [3, 3, 3]
    assert {status for mine in statuses for status in mine[3:]} == {429}
