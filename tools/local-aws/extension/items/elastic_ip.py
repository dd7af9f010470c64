from api import client
from ec2_tags import retag
from handlers import add_type
from registry import resource_type


def allocation_of(address):
    # The emulator gives all addresses, whichever are asked for.
    addresses = client("ec2").describe_addresses()["Addresses"]
    return next(found["AllocationId"] for found in addresses if found["PublicIp"] == address)


def create(name, props):
    made = client("ec2").allocate_address(Domain=props.get("Domain", "vpc"))
    retag(made["AllocationId"], {}, props)
    return made["PublicIp"], {"PublicIp": made["PublicIp"], "AllocationId": made["AllocationId"]}


def delete(address, props):
    allocation = allocation_of(address)
    client("ec2").release_address(AllocationId=allocation)
    retag(allocation, props, {})


@resource_type("AWS::EC2::EIP")
def install(item):
    """The address of a NAT gateway; its Ref is the address, as on AWS."""
    add_type(
        item,
        "AWS::EC2::EIP",
        create,
        delete,
        update=lambda address, old, new: retag(allocation_of(address), old, new),
        in_place=["Tags"],
        tags="Tags",
    )
