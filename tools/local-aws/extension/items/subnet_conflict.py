from ipaddress import ip_network

from ministack.services import ec2

from handlers import replace
from registry import correction


def problem_of(vpc_id, block):
    """The code and the message with which EC2 refuses the block of a new subnet, or nothing."""
    wanted = ip_network(block)
    vpc = ec2._vpcs.get(vpc_id)
    if vpc:
        blocks = [vpc["CidrBlock"], *vpc.get("_more_blocks", {}).values()]
        if not any(wanted.subnet_of(ip_network(one)) for one in blocks):
            return "InvalidSubnet.Range", f"The CIDR '{block}' is invalid."
    others = [subnet["CidrBlock"] for subnet in ec2._subnets.values() if subnet["VpcId"] == vpc_id]
    if any(wanted.overlaps(ip_network(other)) for other in others):
        return "InvalidSubnet.Conflict", f"The CIDR '{block}' conflicts with another subnet"
    return None


@correction("blocks of subnets")
def install(item):
    """EC2 refuses a subnet that overlaps another one or lies outside of its VPC; the emulator takes any."""
    native = ec2._ACTION_MAP["CreateSubnet"]

    def call(params):
        item.used()
        problem = problem_of(ec2._p(params, "VpcId"), ec2._p(params, "CidrBlock") or "10.0.1.0/24")
        return ec2._error(*problem, 400) if problem else native(params)

    def create(original, logical_id, props, stack):
        item.used()
        problem = problem_of(props["VpcId"], props["CidrBlock"])
        if problem:
            raise ValueError(f"{problem[1]} (Service: Ec2, Status Code: 400, Error Code: {problem[0]})")
        return original(logical_id, props, stack)

    ec2._ACTION_MAP["CreateSubnet"] = call
    replace("AWS::EC2::Subnet", create=create)
