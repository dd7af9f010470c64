from api import client
from ec2_tags import retag
from handlers import add_type, pick
from registry import resource_type


def create(name, props):
    names = "ResourceType", "TrafficType", "LogDestinationType", "LogDestination", "LogGroupName"
    rights = "DeliverLogsPermissionArn", "MaxAggregationInterval", "LogFormat"
    made = client("ec2").create_flow_logs(ResourceIds=[props["ResourceId"]], **pick(props, *names, *rights))
    flow_log = made["FlowLogIds"][0]
    retag(flow_log, {}, props)
    return flow_log, {"Id": flow_log}


def delete(flow_log, props):
    client("ec2").delete_flow_logs(FlowLogIds=[flow_log])
    retag(flow_log, props, {})


@resource_type("AWS::EC2::FlowLog")
def install(item):
    """The flow logs of a network; they show, but no packet is ever logged."""
    add_type(item, "AWS::EC2::FlowLog", create, delete, update=retag, in_place=["Tags"], tags="Tags")
