import { oneOf } from '@user-metrics/tagging/props';
import { Token } from 'aws-cdk-lib/core';

/** What manages an existing resource, and so what a change of it has to be written in; `none` when it was made by hand. */
export type ResourceOwner = 'cloudformation' | 'sst' | 'terraform' | 'none';

/** Check of a prop that takes a {@link ResourceOwner}. */
export const RESOURCE_OWNER = oneOf('cloudformation', 'sst', 'terraform', 'none');

/** Who is let in: a security group, or a CIDR block where the group is out of reach. */
export type RuleSource = { readonly groupId: string } | { readonly cidrBlock: string };

/** A rule that lets somebody into a security group. */
export interface RequiredRule {
  /** What it is called among the others. */
  readonly id: string;
  /** Who is let in. */
  readonly name: string;
  readonly groupId: string;
  readonly source: RuleSource;
  readonly port: number;
}

/** A route through a peering connection. */
export interface RequiredRoute {
  readonly routeTableId: string;
  readonly destinationCidrBlock: string;
  readonly peeringConnectionId: string;
}

/** The lines that add a rule in the language of the tool that owns the security group. */
export function ruleInstruction(owner: ResourceOwner, { id, name, groupId, source, port }: RequiredRule): string {
  const purpose = `${name} of the observability foundation`;
  const byGroup = 'groupId' in source;
  const from = byGroup ? source.groupId : source.cidrBlock;
  switch (owner) {
    case 'sst':
      return (
        `new aws.vpc.SecurityGroupIngressRule('${id}ToDatabase', { securityGroupId: '${groupId}', ` +
        `${byGroup ? 'referencedSecurityGroupId' : 'cidrIpv4'}: '${from}', ipProtocol: 'tcp', fromPort: ${port}, toPort: ${port}, ` +
        `description: '${purpose}' });`
      );
    case 'terraform':
      return terraform('aws_vpc_security_group_ingress_rule', `${snakeCase(id)}_to_database`, {
        security_group_id: groupId,
        [byGroup ? 'referenced_security_group_id' : 'cidr_ipv4']: from,
        ip_protocol: 'tcp',
        from_port: port,
        to_port: port,
        description: purpose,
      });
    case 'cloudformation':
      return JSON.stringify({
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: groupId,
          IpProtocol: 'tcp',
          FromPort: port,
          ToPort: port,
          [byGroup ? 'SourceSecurityGroupId' : 'CidrIp']: from,
          Description: purpose,
        },
      });
    case 'none':
      return `aws ec2 authorize-security-group-ingress --group-id ${groupId} --protocol tcp --port ${port} ${byGroup ? '--source-group' : '--cidr'} ${from}`;
  }
}

/** The lines that add a route in the language of the tool that owns the route table. */
export function routeInstruction(owner: ResourceOwner, route: RequiredRoute): string {
  const { routeTableId, destinationCidrBlock, peeringConnectionId } = route;
  switch (owner) {
    case 'sst':
      return (
        `new aws.ec2.Route('Observability-${routeTableId}', { routeTableId: '${routeTableId}', ` +
        `destinationCidrBlock: '${destinationCidrBlock}', vpcPeeringConnectionId: '${peeringConnectionId}' });`
      );
    case 'terraform':
      return terraform('aws_route', `observability_${snakeCase(routeTableId)}`, {
        route_table_id: routeTableId,
        destination_cidr_block: destinationCidrBlock,
        vpc_peering_connection_id: peeringConnectionId,
      });
    case 'cloudformation':
      return JSON.stringify({
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: routeTableId,
          DestinationCidrBlock: destinationCidrBlock,
          VpcPeeringConnectionId: peeringConnectionId,
        },
      });
    case 'none':
      return `aws ec2 create-route --route-table-id ${routeTableId} --destination-cidr-block ${destinationCidrBlock} --vpc-peering-connection-id ${peeringConnectionId}`;
  }
}

function terraform(type: string, name: string, values: { readonly [argument: string]: string | number }): string {
  const lines = Object.entries(values).map(
    ([key, value]) => `  ${key} = ${typeof value === 'number' ? value : `"${value}"`}`,
  );
  return [`resource "${type}" "${name}" {`, ...lines, '}'].join('\n');
}

/** An id that only the deployment knows stays as it is: Terraform takes its hyphens, and a token must stay unchanged. */
function snakeCase(name: string): string {
  if (Token.isUnresolved(name)) return name;
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toLowerCase();
}
