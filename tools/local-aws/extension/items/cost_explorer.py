"""Cost Explorer from a made-up ledger, which `PUT /_local-aws/ledger` replaces."""

import json
from datetime import date, timedelta

import gateway
from items import cost_report
from registry import correction

LEDGER_PATH = "/_local-aws/ledger"
DAYS_OF_PAGE = 20

# costs: [{day, service, tags, amount, recordType}], keys: {tag key: status}, refused: what every call is told instead
ledger = {"costs": [], "keys": {}, "refused": None}


class Refused(Exception):
    """Name and message of an error of the API."""


def days_of(period):
    day, end = (date.fromisoformat(period[edge]) for edge in ("Start", "End"))
    while day < end:
        yield day.isoformat()
        day += timedelta(days=1)


def fits(cost, expression):
    """Whether a cost is what a filter asks for; a key that is not active has no values."""
    if not expression:
        return True
    if "And" in expression:
        return all(fits(cost, part) for part in expression["And"])
    if "Or" in expression:
        return any(fits(cost, part) for part in expression["Or"])
    if "Not" in expression:
        return not fits(cost, expression["Not"])
    if "Tags" in expression:
        wanted = expression["Tags"]
        value = tag_of(cost, wanted["Key"])
        return not value if "ABSENT" in wanted.get("MatchOptions", []) else value in wanted.get("Values", [])
    return dimension_of(cost, expression["Dimensions"]["Key"]) in expression["Dimensions"]["Values"]


def tag_of(cost, key):
    return cost.get("tags", {}).get(key, "") if ledger["keys"].get(key) == "Active" else ""


def dimension_of(cost, key):
    return {"SERVICE": cost["service"], "RECORD_TYPE": cost.get("recordType", "Usage")}[key]


def group_of(cost, definition):
    if definition["Type"] == "TAG":
        return f"{definition['Key']}${tag_of(cost, definition['Key'])}"
    return dimension_of(cost, definition["Key"])


def amount(value):
    return {"Amount": f"{value:.10f}", "Unit": "USD"}


def get_cost_and_usage(body):
    by_month = body["Granularity"] == "MONTHLY"
    periods = {}
    for day in days_of(body["TimePeriod"]):
        periods.setdefault(f"{day[:7]}-01" if by_month else day, set()).add(day)
    first = int(body.get("NextPageToken") or 0)
    results = []
    for start, days in list(periods.items())[first : first + DAYS_OF_PAGE]:
        groups = {}
        for cost in ledger["costs"]:
            if cost["day"] in days and fits(cost, body.get("Filter")):
                keys = tuple(group_of(cost, definition) for definition in body.get("GroupBy") or [])
                groups[keys] = groups.get(keys, 0) + cost["amount"]
        made = [{"Keys": list(keys), "Metrics": {"UnblendedCost": amount(sum_)}} for keys, sum_ in groups.items()]
        results.append({"TimePeriod": {"Start": start}, "Estimated": True, "Groups": made})
    following = first + DAYS_OF_PAGE
    return {"ResultsByTime": results, **({"NextPageToken": str(following)} if following < len(periods) else {})}


def get_cost_forecast(body):
    """What the days before the period cost in the mean."""
    start = body["TimePeriod"]["Start"]
    costs = [cost for cost in ledger["costs"] if cost["day"] < start and fits(cost, body.get("Filter"))]
    if not costs:
        raise Refused("DataUnavailableException", "Insufficient amount of historical data to generate forecast.")
    mean = sum(cost["amount"] for cost in costs) / len({cost["day"] for cost in costs})
    return {"Total": amount(mean * len(list(days_of(body["TimePeriod"]))))}


def get_tags(body):
    days = set(days_of(body["TimePeriod"]))
    costs = [cost for cost in ledger["costs"] if cost["day"] in days]
    key = body.get("TagKey")
    active = [known for known, status in ledger["keys"].items() if status == "Active"]
    return {"Tags": sorted({tag_of(cost, key) for cost in costs}) if key else active}


def list_cost_allocation_tags(body):
    keys = body.get("TagKeys") or ledger["keys"]
    known = [key for key in keys if key in ledger["keys"]]
    tags = [{"TagKey": key, "Type": "UserDefined", "Status": ledger["keys"][key]} for key in known]
    return {"CostAllocationTags": tags}


def update_cost_allocation_tags_status(body):
    errors = []
    for entry in body["CostAllocationTagsStatus"]:
        key = entry["TagKey"]
        if key in ledger["keys"]:
            ledger["keys"][key] = entry["Status"]
        else:
            errors.append({"TagKey": key, "Code": "TagKeysNotFound", "Message": "Tag keys not found"})
    return {"Errors": errors}


def list_tags_for_resource(body):
    """Tags of anomaly monitors and subscriptions."""
    kept = cost_report.KEPT.get(body["ResourceArn"])
    if kept is None:
        raise Refused("ResourceNotFoundException", f"{body['ResourceArn']} does not exist.")
    return {"ResourceTags": kept.get("ResourceTags", [])}


OPERATIONS = {
    "GetCostAndUsage": get_cost_and_usage,
    "GetCostForecast": get_cost_forecast,
    "GetTags": get_tags,
    "ListCostAllocationTags": list_cost_allocation_tags,
    "ListTagsForResource": list_tags_for_resource,
    "UpdateCostAllocationTagsStatus": update_cost_allocation_tags_status,
}


@correction("cost explorer")
def install(item):
    """Cost Explorer answers from a made-up ledger of costs, without rights asked."""

    def is_asked(scope):
        service, _, operation = gateway.header(scope, b"x-amz-target").partition(".")
        return service == "AWSInsightsIndexService" and operation in OPERATIONS

    def answer(scope, body):
        item.used()
        operation = OPERATIONS[gateway.header(scope, b"x-amz-target").split(".")[-1]]
        try:
            if ledger["refused"]:
                raise Refused("AccessDeniedException", ledger["refused"])
            return 200, json.dumps(operation(json.loads(body or b"{}"))).encode()
        except Refused as refusal:
            name, message = refusal.args
            return 400, json.dumps({"__type": name, "message": message, "Message": message}).encode()

    def replace(scope, body):
        ledger.update(json.loads(body))
        return 204, b""

    gateway.ROUTES.append((is_asked, answer))
    gateway.ROUTES.append((lambda scope: scope["path"] == LEDGER_PATH, replace))
