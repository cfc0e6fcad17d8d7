"""What is set decides what is on; what is missing or wrong is named, with how to get it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
import yaml

from bot import paths
from bot.channels.slack import handling
from bot.channels.slack.channel import SlackChannel
from bot.errors import SettingError, StartError
from bot.settings import read_settings
from tests.channels.slack.conftest import Serve, ready
from tests.support.slack_api import APP_TOKEN, BOT_TOKEN, HTTP, SIGNING_SECRET, SlackApi

MANIFEST = paths.ROOT / "bot/channels/slack/manifest.yml"


def manifest() -> dict[str, Any]:
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


# ---- Settings -----------------------------------------------------------------------------


def test_tokens_are_read_and_not_shown() -> None:
    environment = {
        "SLACK_BOT_TOKEN": f" {BOT_TOKEN} ",
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
    }
    settings = read_settings(environment)
    assert (settings.slack_bot_token, settings.slack_app_token) == (BOT_TOKEN, APP_TOKEN)
    assert settings.slack_signing_secret == SIGNING_SECRET
    assert settings.slack_api_url == "http://127.0.0.1:1/api"
    assert "canary" not in repr(settings)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SLACK_BOT_TOKEN": APP_TOKEN, "SLACK_APP_TOKEN": BOT_TOKEN}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "xoxb-"]),
        ({"SLACK_BOT_TOKEN": "xoxb-canary\n1", "SLACK_APP_TOKEN": APP_TOKEN}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": BOT_TOKEN}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "connections:write"]),
        ({"SLACK_APP_TOKEN": APP_TOKEN}, ["SLACK_BOT_TOKEN is not set", "OAuth & Permissions"]),
        ({"SLACK_SIGNING_SECRET": SIGNING_SECRET}, ["SLACK_BOT_TOKEN is not set"]),
        (
            {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": "canary secret"},
            ["SLACK_SIGNING_SECRET", "App Credentials"],
        ),
        ({"SLACK_API_URL": "slack.com/api"}, ["SLACK_API_URL"]),
    ],
)
def test_wrong_or_missing_setting_is_named_with_how_to_get_it(environment: dict[str, str], named: list[str]) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings(environment)
    text = str(caught.value)
    assert all(word in text for word in named)
    assert "canary" not in text


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": BOT_TOKEN}, "SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": APP_TOKEN}, "SLACK_BOT_TOKEN is not valid"),
    ],
)
def test_command_says_what_is_missing(environment: dict[str, str], named: str) -> None:
    others = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    command = [sys.executable, "-m", "bot", "slack"]
    done = subprocess.run(
        command, cwd=paths.ROOT, env=others | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert named in done.stderr
    assert "docs/slack.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert "canary" not in done.stderr


@pytest.mark.parametrize("options", [{"requests": 5}, {"tries": 0}, {"drain": "long"}, {"stop": None}])
def test_wrong_time_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(StartError, match=r"credentials.yml: .* under the Slack channel .*request, tries"):
        SlackChannel.from_credentials(options)


# ---- On and off ---------------------------------------------------------------------------


def test_channel_is_off_without_a_token(serve: Serve, slack: SlackApi) -> None:
    client = serve(slack_bot_token=None, slack_app_token=None)
    assert client.request("POST", "/webhooks/slack/events", b"{}").status == 404
    assert "channels" not in client.request("GET", "/ready").json
    assert client.say("a", "when?").status == 200
    assert slack.calls == []


def test_both_ways_in_may_be_on(serve: Serve, slack: SlackApi) -> None:
    client = serve(slack_signing_secret=SIGNING_SECRET)
    ready(client, slack)
    event = slack.say("when?").payload
    slack.via = HTTP
    assert slack.deliver(event).statuses == [200]
    assert len(slack.direct().said) == 1
    slack.say("when?")
    assert slack.direct().texts[-1].startswith("Question 2")


def test_ready_shows_who_the_bot_is(serve: Serve, slack: SlackApi) -> None:
    client = serve()
    ready(client, slack)
    assert client.request("GET", "/ready").json["channels"] == {
        "slack": {"state": "working", "detail": "as article_bot in Stand-in"}
    }


# ---- The app's manifest ----------------------------------------------------------------------


def test_manifest_is_one_that_slack_takes() -> None:
    content = manifest()
    assert set(content) == {"_metadata", "display_information", "features", "oauth_config", "settings"}
    information = content["display_information"]
    assert len(information["name"]) <= 35
    assert len(information["description"]) <= 140
    assert len(content["features"]["bot_user"]["display_name"]) <= 80
    settings = content["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert content["features"]["app_home"]["home_tab_enabled"] is True
    assert content["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    (command,) = content["features"]["slash_commands"]
    assert command["command"] == handling.COMMAND
    assert len(command["description"]) <= 2000
    assert "url" not in command  # Socket Mode needs none


NEEDED = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
}


def test_manifest_has_the_scopes_that_its_events_need() -> None:
    content = manifest()
    scopes = content["oauth_config"]["scopes"]["bot"]
    assert {
        NEEDED[event] for event in content["settings"]["event_subscriptions"]["bot_events"] if event in NEEDED
    } <= set(scopes)
    assert len(scopes) == len(set(scopes))


def test_documentation_is_true_to_the_manifest_and_the_code() -> None:
    text = (paths.ROOT / "docs/slack.md").read_text(encoding="utf-8")
    for scope in manifest()["oauth_config"]["scopes"]["bot"]:
        assert f"`{scope}`" in text
    for word in ("bot/channels/slack/manifest.yml", "make slack", "/webhooks/slack/events", handling.COMMAND):
        assert word in text
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "connections:write"):
        assert name in text
