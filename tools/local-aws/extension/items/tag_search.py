from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch, cloudwatch_logs, ec2, tagging

from registry import correction

#: What an ARN holds, by the first part of an id.
EC2_KINDS = {
    "eipalloc": "elastic-ip",
    "fl": "vpc-flow-log",
    "igw": "internet-gateway",
    "nat": "natgateway",
    "pcx": "vpc-peering-connection",
    "rtb": "route-table",
    "sg": "security-group",
    "subnet": "subnet",
    "vpc": "vpc",
    "vpce": "vpc-endpoint",
}


def arn(service, resource):
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"


def add(item, service, collect):
    def counted():
        item.used()
        return collect()

    tagging._COLLECTORS[service] = counted


@correction("tag search: ec2")
def ec2_tags(item):
    """The tagging API finds networks and what is in them."""

    def collect():
        for resource, tags in ec2._tags.items():
            kind = EC2_KINDS.get(resource.split("-")[0])
            if kind and tags:
                yield arn("ec2", f"{kind}/{resource}"), tags

    add(item, "ec2", collect)


@correction("tag search: secretsmanager")
def secret_tags(item):
    """The tagging API finds secrets."""
    add(item, "secretsmanager", tagging._collect_secretsmanager)


@correction("tag search: ssm")
def parameter_tags(item):
    """The tagging API finds parameters."""
    add(item, "ssm", tagging._collect_ssm)


@correction("tag search: logs")
def log_group_tags(item):
    """The tagging API finds log groups."""

    def collect():
        for name, group in cloudwatch_logs._log_groups.items():
            if group.get("tags"):
                yield arn("logs", f"log-group:{name}"), tagging._normalise_flat(group["tags"])

    add(item, "logs", collect)


@correction("tag search: cloudwatch")
def alarm_tags(item):
    """The tagging API finds alarms and dashboards."""

    def collect():
        for resource, tags in cloudwatch._resource_tags.items():
            if tags:
                yield resource, tagging._normalise_flat(tags)

    add(item, "cloudwatch", collect)
