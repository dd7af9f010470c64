from ministack.core.responses import new_uuid
from ministack.services import ec2

from api import client
from handlers import add_type
from registry import correction, resource_type

END = "</cidrBlockAssociationSet>"


def association_xml(tag, association, block):
    state = "<cidrBlockState><state>associated</state></cidrBlockState>"
    return f"<{tag}><associationId>{association}</associationId><cidrBlock>{block}</cidrBlock>{state}</{tag}>"


def associate(params):
    vpc, block = ec2._vpcs[ec2._p(params, "VpcId")], ec2._p(params, "CidrBlock")
    association = f"vpc-cidr-assoc-{new_uuid()[-12:]}"
    vpc.setdefault("_more_blocks", {})[association] = block
    body = association_xml("cidrBlockAssociation", association, block)
    return ec2._xml(200, "AssociateVpcCidrBlockResponse", f"<vpcId>{vpc['VpcId']}</vpcId>{body}")


def disassociate(params):
    association = ec2._p(params, "AssociationId")
    for vpc in ec2._vpcs.values():
        block = vpc.get("_more_blocks", {}).pop(association, None)
        if block:
            body = association_xml("cidrBlockAssociation", association, block)
            return ec2._xml(200, "DisassociateVpcCidrBlockResponse", f"<vpcId>{vpc['VpcId']}</vpcId>{body}")
    message = f"The vpc CIDR block association ID '{association}' does not exist"
    return ec2._error("InvalidVpcCidrBlockAssociationID.NotFound", message, 400)


@correction("blocks of a vpc")
def blocks(item):
    """A VPC may have more than one CIDR block; the emulator's EC2 has one."""
    native = ec2._vpc_fields_xml

    def counted(action):
        def call(params):
            item.used()
            return action(params)

        return call

    def fields(vpc, tag="item"):
        more = [association_xml("item", *one) for one in vpc.get("_more_blocks", {}).items()]
        return native(vpc, tag).replace(END, "".join(more) + END)

    ec2._vpc_fields_xml = fields
    ec2._ACTION_MAP["AssociateVpcCidrBlock"] = counted(associate)
    ec2._ACTION_MAP["DisassociateVpcCidrBlock"] = counted(disassociate)


def create(name, props):
    made = client("ec2").associate_vpc_cidr_block(VpcId=props["VpcId"], CidrBlock=props["CidrBlock"])
    association = made["CidrBlockAssociation"]["AssociationId"]
    return association, {"Id": association, "CidrBlock": props["CidrBlock"], "VpcId": props["VpcId"]}


def delete(association, props):
    client("ec2").disassociate_vpc_cidr_block(AssociationId=association)


@resource_type("AWS::EC2::VPCCidrBlock")
def install(item):
    """A further CIDR block of a VPC."""
    add_type(item, "AWS::EC2::VPCCidrBlock", create, delete)
