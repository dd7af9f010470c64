from ministack.services import cloudformation
from ministack.services.cloudformation import handlers, stacks

from registry import mend


def require_unused(names):
    for name, stack in cloudformation._stacks.items():
        if "DELETE" in stack["StackStatus"]:
            continue
        used = names & set(handlers._imported_export_names(stack, name))
        if used:
            raise ValueError(f"Export {used.pop()} cannot be deleted as it is in use by {name}")


@mend("exports in use")
def install(item):
    """An update may not drop an export that another stack imports, and one that it drops is gone."""
    resolve = stacks._resolve_stack_outputs

    def resolve_outputs(outputs, conditions, resources, params, mappings, stack_name, stack_id):
        made, exports = resolve(outputs, conditions, resources, params, mappings, stack_name, stack_id)
        existing = cloudformation._exports
        dropped = {name for name, export in existing.items() if export["StackId"] == stack_id and name not in exports}
        if dropped:
            item.used()
        require_unused(dropped)
        for name in dropped:
            existing.pop(name)
        return made, exports

    stacks._resolve_stack_outputs = resolve_outputs
