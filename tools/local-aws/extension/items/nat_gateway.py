from api import client
from ec2_tags import retag
from handlers import add_type, pick
from registry import resource_type


def create(name, props):
    made = client("ec2").create_nat_gateway(**pick(props, "SubnetId", "AllocationId", "ConnectivityType"))
    gateway = made["NatGateway"]["NatGatewayId"]
    retag(gateway, {}, props)
    return gateway, {"NatGatewayId": gateway}


def delete(gateway, props):
    client("ec2").delete_nat_gateway(NatGatewayId=gateway)
    # MiniStack shows a deleted gateway for as long as it has tags.
    retag(gateway, props, {})


@resource_type("AWS::EC2::NatGateway")
def install(item):
    """The NAT gateway of a network of our own."""
    add_type(item, "AWS::EC2::NatGateway", create, delete, update=retag, in_place=["Tags"], tags="Tags")
