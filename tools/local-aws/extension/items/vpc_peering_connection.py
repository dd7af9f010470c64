from api import client
from ec2_tags import retag
from handlers import add_type, pick
from registry import resource_type


def create(name, props):
    ec2 = client("ec2")
    made = ec2.create_vpc_peering_connection(**pick(props, "VpcId", "PeerVpcId", "PeerOwnerId", "PeerRegion"))
    connection = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    # CloudFormation accepts a connection within one account itself.
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=connection)
    retag(connection, {}, props)
    return connection, {"Id": connection}


def delete(connection, props):
    client("ec2").delete_vpc_peering_connection(VpcPeeringConnectionId=connection)
    retag(connection, props, {})


@resource_type("AWS::EC2::VPCPeeringConnection")
def install(item):
    """The way from a network of our own to the database's VPC."""
    add_type(item, "AWS::EC2::VPCPeeringConnection", create, delete, update=retag, in_place=["Tags"], tags="Tags")
