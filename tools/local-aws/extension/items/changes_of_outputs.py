import re

from ministack.services import cloudformation
from ministack.services.cloudformation import handlers

from registry import mend


@mend("changes of outputs")
def install(item):
    """A change set that changes only outputs is one; the emulator calls it empty, and a new export never appears."""
    create = handlers._ACTION_HANDLERS["CreateChangeSet"]

    def create_change_set(params):
        answer = create(params)
        found = re.search(r"<Id>(.*?)</Id>", answer[2].decode())
        made = cloudformation._change_sets.get(found[1]) if found else None
        if made and "didn't contain changes" in made["StatusReason"] and outputs_differ(made):
            item.used()
            made.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
        return answer

    handlers._ACTION_HANDLERS["CreateChangeSet"] = create_change_set


def outputs_differ(change_set):
    before = cloudformation._stacks[change_set["StackName"]]["_template"]
    return change_set["_template"].get("Outputs", {}) != before.get("Outputs", {})
