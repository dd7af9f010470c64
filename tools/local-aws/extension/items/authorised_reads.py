import json

from ministack.core import iam_actions

from registry import correction


@correction("right to view budgets")
def view_budgets(item):
    """Reading budgets needs budgets:ViewBudget; the emulator asks for an action with the name of the operation."""
    native = iam_actions.extract_iam_action

    def extract(*request):
        action = native(*request)
        if not action or not action.startswith("budgets:Describe"):
            return action
        item.used()
        return "budgets:ViewBudget"

    iam_actions.extract_iam_action = extract


@correction("parameters that are read together")
def parameters_by_path(item):
    """GetParametersByPath and GetParameters are allowed by parameter; the emulator wants them allowed on all."""
    native = iam_actions.extract_resource_arn

    def extract(service, method, path, headers, body, params, region, account):
        resource = native(service, method, path, headers, body, params, region, account)
        if service != "ssm" or resource != "*":
            return resource
        name = named_in(body)
        if not name:
            return resource
        item.used()
        return f"arn:aws:ssm:{region}:{account}:parameter/{name.lstrip('/')}"

    iam_actions.extract_resource_arn = extract


def named_in(body):
    """The path, or the first of several names: the requests of one call are for one stage."""
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return None
    return request.get("Path") or next(iter(request.get("Names") or []), None)
