"""Reads YAML the way people write it: `yes`, `no` and `on` are words, as in YAML 1.2; true and false are not."""

from __future__ import annotations

import re

import yaml


class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """A SafeLoader whose only truth values are true and false."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
