import json
import uuid

from ministack.core.responses import get_account_id, json_response
from ministack.services import cloudcontrol

from api import client
from handlers import add_type, tag_map
from registry import recorded_only, resource_type


def read_by_cloud_control(rtype, kept):
    """Cloud Control tells the properties that a template gave."""
    get_other = cloudcontrol._get_resource

    def get(data):
        identifier = data.get("Identifier", "")
        if data.get("TypeName") != rtype or identifier not in kept:
            return get_other(data)
        description = {"Identifier": identifier, "Properties": json.dumps(kept[identifier])}
        return json_response({"TypeName": rtype, "ResourceDescription": description})

    cloudcontrol._get_resource = get


@resource_type("AWS::ResourceGroups::Group")
def group(item):
    """The resource group, made by its API; Cloud Control reads it too."""
    kept = {}

    def create(name, props):
        client("resource-groups").create_group(
            Name=props["Name"],
            Description=props.get("Description", ""),
            ResourceQuery={
                "Type": props["ResourceQuery"]["Type"],
                "Query": json.dumps(props["ResourceQuery"]["Query"]),
            },
            Tags=tag_map(props.get("Tags")),
        )
        kept[props["Name"]] = props
        return props["Name"], {}

    def update(name, old, new):
        kept[name] = new

    def delete(name, props):
        kept.pop(name, None)
        client("resource-groups").delete_group(Group=name)

    add_type(item, "AWS::ResourceGroups::Group", create, delete, update, ["Description", "Tags"], tags="Tags")
    read_by_cloud_control("AWS::ResourceGroups::Group", kept)


# Properties of what is kept, by ARN.
KEPT = {}


def keep(item, rtype, service, in_place, attribute="Arn"):
    """A type of Billing and Cost Management is kept and read back by Cloud Control; nothing comes of it."""
    kept = KEPT

    def create(name, props):
        arn = f"arn:aws:{service}::{get_account_id()}:{rtype.rsplit('::', 1)[-1].lower()}/{uuid.uuid4()}"
        kept[arn] = props
        return arn, {attribute: arn}

    def update(arn, old, new):
        kept[arn] = new

    def delete(arn, props):
        kept.pop(arn, None)

    add_type(item, rtype, create, delete, update, in_place, tags="Tags" if "Tags" in in_place else "ResourceTags")
    read_by_cloud_control(rtype, kept)


@recorded_only("AWS::BCM::Dashboard")
def dashboard(item):
    """A dashboard of Billing and Cost Management is kept and read back by Cloud Control; it shows no cost."""
    keep(item, "AWS::BCM::Dashboard", "bcm-dashboards", ["Name", "Description", "Widgets", "Tags"])


@recorded_only("AWS::BCM::ScheduledReport")
def scheduled_report(item):
    """A scheduled report is kept; no PDF is made."""
    keep(item, "AWS::BCM::ScheduledReport", "bcm-dashboards", ["Name", "Description", "ScheduleConfig", "Tags"])


@recorded_only("AWS::CE::AnomalyMonitor")
def anomaly_monitor(item):
    """A monitor is kept, and finds nothing. Its tags can be given at its creation alone, as on AWS."""
    keep(item, "AWS::CE::AnomalyMonitor", "ce", ["MonitorName"], "MonitorArn")


@recorded_only("AWS::CE::AnomalySubscription")
def anomaly_subscription(item):
    """A subscription to anomalies is kept, and tells nothing."""
    in_place = ["SubscriptionName", "Frequency", "MonitorArnList", "Subscribers", "ThresholdExpression"]
    keep(item, "AWS::CE::AnomalySubscription", "ce", in_place, "SubscriptionArn")
