"""What the extension adds to MiniStack, as data: an item is a function whose docstring says what it stands for."""

import os
from collections.abc import Callable
from dataclasses import dataclass

LEFT_OUT = set(filter(None, os.environ.get("LOCAL_AWS_WITHOUT", "").split(",")))
EVERYTHING = "everything"


@dataclass
class Item:
    name: str
    kind: str
    install: Callable[["Item"], None]
    uses: int = 0

    def used(self):
        self.uses += 1

    def describe(self):
        sentence = " ".join((self.install.__doc__ or "").split())
        return {"name": self.name, "kind": self.kind, "sentence": sentence, "uses": self.uses}


ITEMS: list[Item] = []


def resource_type(name):
    """Declares a CloudFormation type that MiniStack lacks although it has its API."""
    return _declare(name, "type")


def correction(name):
    """Declares something that MiniStack does otherwise than AWS."""
    return _declare(name, "correction")


def recorded_only(name):
    """Declares something that is accepted and kept, and nothing happens."""
    return _declare(name, "recorded only")


def install_items():
    """Installs every declared item that `LOCAL_AWS_WITHOUT` does not name; `everything` names all."""
    unknown = LEFT_OUT - {EVERYTHING} - {item.name for item in ITEMS}
    if unknown:
        raise SystemExit(f"LOCAL_AWS_WITHOUT names items that there are not: {', '.join(sorted(unknown))}")
    if EVERYTHING in LEFT_OUT:
        ITEMS.clear()
    ITEMS[:] = [item for item in ITEMS if item.name not in LEFT_OUT]
    for item in ITEMS:
        item.install(item)


def _declare(name, kind):
    def add(install):
        ITEMS.append(Item(name, kind, install))
        return install

    return add
