from api import client
from handlers import after
from registry import correction

NO_VPC = {"SubnetIds": [], "SecurityGroupIds": []}


@correction("function vpc")
def install(item):
    """Subnets and security groups of a function, which the emulator drops; they only show, nothing is isolated."""

    def put(function, props, old):
        if props.get("VpcConfig") or old.get("VpcConfig"):
            item.used()
            vpc = props.get("VpcConfig") or NO_VPC
            client("lambda").update_function_configuration(FunctionName=function, VpcConfig=vpc)

    after("AWS::Lambda::Function", put)
