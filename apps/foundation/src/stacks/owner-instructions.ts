import type { RequiredRoute, RequiredRule } from '@user-metrics/network';
import { Token } from 'aws-cdk-lib/core';

/** What manages an existing resource, and so the language of its changes; `none` when it was made by hand. */
type ResourceOwner = 'cloudformation' | 'sst' | 'terraform' | 'none';

/** The lines that add a rule, in the language of the tool that owns the security group. */
export function ruleInstruction(owner: ResourceOwner, rule: RequiredRule): string {
  const { id, groupId, port, sourceSecurityGroupId, cidrIp, description } = rule;
  const source = (ofGroup: string, ofBlock: string): { [name: string]: string } =>
    cidrIp === undefined ? { [ofGroup]: sourceSecurityGroupId ?? '' } : { [ofBlock]: cidrIp };
  switch (owner) {
    case 'sst':
      return pulumi('aws.vpc.SecurityGroupIngressRule', `${id}ToDatabase`, {
        securityGroupId: groupId,
        ...source('referencedSecurityGroupId', 'cidrIpv4'),
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description,
      });
    case 'terraform':
      return terraform('aws_vpc_security_group_ingress_rule', `${snakeCase(id)}_to_database`, {
        security_group_id: groupId,
        ...source('referenced_security_group_id', 'cidr_ipv4'),
        ip_protocol: 'tcp',
        from_port: port,
        to_port: port,
        description,
      });
    case 'cloudformation':
      return cloudFormation('AWS::EC2::SecurityGroupIngress', {
        GroupId: groupId,
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        ...source('SourceSecurityGroupId', 'CidrIp'),
        Description: description,
      });
    case 'none':
      return awsCli('authorize-security-group-ingress', {
        'group-id': groupId,
        protocol: 'tcp',
        port,
        ...source('source-group', 'cidr'),
      });
  }
}

/** The lines that add a route, in the language of the tool that owns the route table. */
export function routeInstruction(owner: ResourceOwner, route: RequiredRoute): string {
  const { routeTableId, destinationCidrBlock, vpcPeeringConnectionId } = route;
  switch (owner) {
    case 'sst':
      return pulumi('aws.ec2.Route', `Observability-${routeTableId}`, { ...route });
    case 'terraform':
      return terraform('aws_route', `observability_${snakeCase(routeTableId)}`, {
        route_table_id: routeTableId,
        destination_cidr_block: destinationCidrBlock,
        vpc_peering_connection_id: vpcPeeringConnectionId,
      });
    case 'cloudformation':
      return cloudFormation('AWS::EC2::Route', {
        RouteTableId: routeTableId,
        DestinationCidrBlock: destinationCidrBlock,
        VpcPeeringConnectionId: vpcPeeringConnectionId,
      });
    case 'none':
      return awsCli('create-route', {
        'route-table-id': routeTableId,
        'destination-cidr-block': destinationCidrBlock,
        'vpc-peering-connection-id': vpcPeeringConnectionId,
      });
  }
}

type Values = { readonly [name: string]: string | number };

function pulumi(type: string, name: string, values: Values): string {
  const members = Object.entries(values).map(([key, value]) => `${key}: ${quoted(value, "'")}`);
  return `new ${type}('${name}', { ${members.join(', ')} });`;
}

function terraform(type: string, name: string, values: Values): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${key} = ${quoted(value, '"')}`);
  return [`resource "${type}" "${name}" {`, ...lines, '}'].join('\n');
}

function cloudFormation(Type: string, Properties: Values): string {
  return JSON.stringify({ Type, Properties });
}

function awsCli(command: string, values: Values): string {
  return ['aws ec2', command, ...Object.entries(values).map(([key, value]) => `--${key} ${value}`)].join(' ');
}

function quoted(value: string | number, quote: string): string {
  return typeof value === 'number' ? String(value) : `${quote}${value}${quote}`;
}

/** An id that only the deployment knows stays as it is: Terraform takes its hyphens, and a token must stay unchanged. */
function snakeCase(name: string): string {
  if (Token.isUnresolved(name)) return name;
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toLowerCase();
}
