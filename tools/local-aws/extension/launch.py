"""Runs MiniStack in this process, with what an AWS foundation needs and it lacks.

    GATEWAY_PORT=4566 BIND_HOST=127.0.0.1 AUTH=true python launch.py

`items/` holds one concern a file; LOCAL_AWS_WITHOUT=<name>,<name> leaves items out.
"""

import importlib
import pkgutil
import re
import sys
from importlib.metadata import version
from pathlib import Path

WANTED = re.search(r"^ministack==(\S+)$", Path(__file__).with_name("requirements.txt").read_text(), re.MULTILINE)[1]
FOUND = version("ministack")

if FOUND != WANTED:
    sys.exit(f"This extension wraps private functions of ministack {WANTED}, and this is {FOUND}.")

from ministack import app as server  # noqa: E402  (reads the environment, which another release may not understand)

import gateway  # noqa: E402
import items  # noqa: E402
import registry  # noqa: E402

for module in pkgutil.iter_modules(items.__path__, "items."):
    importlib.import_module(module.name)
registry.install_items()
server.app = gateway.around(server.app)

if __name__ == "__main__":
    server.main()
