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


@recorded_only("AWS::BCM::Dashboard")
def dashboard(item):
    """A dashboard of Billing and Cost Management is kept and read back by Cloud Control; it shows no cost."""
    kept = {}

    def create(name, props):
        arn = f"arn:aws:bcm-dashboards::{get_account_id()}:dashboard/{uuid.uuid4()}"
        kept[arn] = props
        return arn, {"Arn": arn}

    def update(arn, old, new):
        kept[arn] = new

    def delete(arn, props):
        kept.pop(arn, None)

    in_place = ["Name", "Description", "Widgets", "Tags"]
    add_type(item, "AWS::BCM::Dashboard", create, delete, update, in_place, tags="Tags")
    read_by_cloud_control("AWS::BCM::Dashboard", kept)
