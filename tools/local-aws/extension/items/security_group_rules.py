from ministack.services import ec2
from ministack.services.cloudformation import provisioners

from handlers import add_type
from registry import resource_type


def add_rule_type(item, rtype, store, is_egress):
    """Not through the API, unlike other types: the emulator's drops prefix lists."""

    def create(name, props):
        group = ec2._security_groups[props["GroupId"]]
        rule = provisioners._ec2_sg_permissions([props])[0]
        rule_id = ec2._sg_rule_id(props["GroupId"], is_egress, rule)
        if rule_id in [ec2._sg_rule_id(props["GroupId"], is_egress, other) for other in group[store]]:
            raise ValueError(f"The specified rule already exists in {props['GroupId']}")
        group[store].append(rule)
        return rule_id, {"Id": rule_id}

    def delete(rule_id, props):
        group = ec2._security_groups.get(props["GroupId"])
        if group:
            others = [r for r in group[store] if ec2._sg_rule_id(props["GroupId"], is_egress, r) != rule_id]
            group[store][:] = others

    add_type(item, rtype, create, delete)


@resource_type("AWS::EC2::SecurityGroupIngress")
def ingress(item):
    """A rule of a security group that stands apart from its group: what may come in."""
    add_rule_type(item, "AWS::EC2::SecurityGroupIngress", "IpPermissions", is_egress=False)


@resource_type("AWS::EC2::SecurityGroupEgress")
def egress(item):
    """A rule of a security group that stands apart from its group: what may go out."""
    add_rule_type(item, "AWS::EC2::SecurityGroupEgress", "IpPermissionsEgress", is_egress=True)
