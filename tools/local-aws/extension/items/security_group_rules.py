from api import client
from handlers import add_type, pick
from registry import resource_type


def permission(props, peer):
    """A rule as EC2 wants it; `peer` is the word that CloudFormation has for the other side."""
    ports = {name: int(props[name]) for name in ("FromPort", "ToPort") if name in props}
    rule = {"IpProtocol": str(props.get("IpProtocol", "-1")), **ports}
    kinds = [
        ("CidrIp", "IpRanges", "CidrIp"),
        ("CidrIpv6", "Ipv6Ranges", "CidrIpv6"),
        (f"{peer}PrefixListId", "PrefixListIds", "PrefixListId"),
        (f"{peer}SecurityGroupId", "UserIdGroupPairs", "GroupId"),
    ]
    for prop, ranges, key in kinds:
        if props.get(prop):
            rule[ranges] = [{key: props[prop], **pick(props, "Description")}]
    return rule


def add_rule_type(item, direction, peer):
    def create(name, props):
        authorize = getattr(client("ec2"), f"authorize_security_group_{direction}")
        made = authorize(GroupId=props["GroupId"], IpPermissions=[permission(props, peer)])
        rule = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return rule, {"Id": rule}

    def delete(rule, props):
        revoke = getattr(client("ec2"), f"revoke_security_group_{direction}")
        revoke(GroupId=props["GroupId"], SecurityGroupRuleIds=[rule])

    add_type(item, f"AWS::EC2::SecurityGroup{direction.capitalize()}", create, delete)


@resource_type("AWS::EC2::SecurityGroupIngress")
def ingress(item):
    """A rule of a security group that stands apart from its group: what may come in."""
    add_rule_type(item, "ingress", "Source")


@resource_type("AWS::EC2::SecurityGroupEgress")
def egress(item):
    """A rule of a security group that stands apart from its group: what may go out."""
    add_rule_type(item, "egress", "Destination")
