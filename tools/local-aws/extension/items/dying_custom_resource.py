import json

from ministack.services import lambda_svc
from ministack.services.cloudformation import custom_resource

from registry import mend


@mend("dying custom resource")
def install(item):
    """A custom resource whose function dies without an answer fails at once; AWS and the emulator wait an hour."""
    execute = lambda_svc._execute_function_with_config_scope
    asked = set()

    def execute_and_answer(record, event):
        token = str(event.get("ResponseURL", "")).rpartition("/")[2] if isinstance(event, dict) else ""
        waiting = custom_resource._pending.get(token)
        # Only CloudFormation's own call: later ones with the same address come from the provider framework's waiter.
        is_first = waiting is not None and token not in asked
        asked.add(token)
        result = execute(record, event)
        if is_first and not waiting["result"] and isinstance(result, dict) and result.get("error"):
            item.used()
            reason = f"the function failed without answering: {json.dumps(result.get('body'))[:500]}"
            custom_resource.deliver_response(token, {"Status": "FAILED", "Reason": reason})
        return result

    lambda_svc._execute_function_with_config_scope = execute_and_answer
