from ministack.services import cloudformation
from ministack.services.cloudformation import handlers

from registry import correction

EMPTY = "The submitted information didn't contain changes."


@correction("change sets of outputs")
def install(item):
    """A change set that changes outputs alone is executed, as for a new export; the emulator calls it empty."""
    native = handlers._ACTION_HANDLERS["CreateChangeSet"]

    def call(params):
        known = set(cloudformation._change_sets)
        answer = native(params)
        for id, change_set in cloudformation._change_sets.items():
            if id in known or not change_set["StatusReason"].startswith(EMPTY):
                continue
            before = cloudformation._stacks[change_set["StackName"]].get("_template", {})
            if change_set["_template"].get("Outputs", {}) != before.get("Outputs", {}):
                item.used()
                change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
        return answer

    handlers._ACTION_HANDLERS["CreateChangeSet"] = call
