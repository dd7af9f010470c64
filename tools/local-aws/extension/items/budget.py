import uuid

from ministack.core.responses import get_account_id

from api import client
from handlers import add_type
from registry import resource_type


def budget_of(name, props):
    """The API wants numbers as text."""
    budget = {**props["Budget"], "BudgetName": props["Budget"].get("BudgetName") or name}
    if "BudgetLimit" in budget:
        budget["BudgetLimit"] = {key: str(value) for key, value in budget["BudgetLimit"].items()}
    return budget


def notification_of(entry):
    threshold = float(entry["Notification"]["Threshold"])
    return {**entry, "Notification": {**entry["Notification"], "Threshold": threshold}}


def create(name, props):
    budget = budget_of(f"{name}-{uuid.uuid4().hex[:12]}", props)
    client("budgets").create_budget(
        AccountId=get_account_id(),
        Budget=budget,
        NotificationsWithSubscribers=[notification_of(e) for e in props.get("NotificationsWithSubscribers") or []],
        ResourceTags=props.get("ResourceTags") or [],
    )
    return budget["BudgetName"], {}


def update(name, old, new):
    account = get_account_id()
    client("budgets").update_budget(AccountId=account, NewBudget=budget_of(name, new))
    arn = f"arn:aws:budgets::{account}:budget/{name}"
    client("budgets").tag_resource(ResourceARN=arn, ResourceTags=new.get("ResourceTags") or [])


def delete(name, props):
    client("budgets").delete_budget(AccountId=get_account_id(), BudgetName=name)


@resource_type("AWS::Budgets::Budget")
def install(item):
    """The budget; a change of its notifications replaces it, as on AWS."""
    in_place = ["Budget", "ResourceTags"]
    add_type(item, "AWS::Budgets::Budget", create, delete, update, in_place, tags="ResourceTags")
