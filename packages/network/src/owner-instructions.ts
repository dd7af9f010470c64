/** What manages an existing resource, and so what a change of it has to be written in; `none` when it was made by hand. */
export type ResourceOwner = 'cloudformation' | 'sst' | 'terraform' | 'none';

/** A rule that lets one security group into another. */
export interface RequiredRule {
  readonly name: string;
  readonly groupId: string;
  readonly sourceGroupId: string;
  readonly port: number;
}

/** A route through a peering connection. */
export interface RequiredRoute {
  readonly routeTableId: string;
  readonly destinationCidrBlock: string;
  readonly peeringConnectionId: string;
}

/** The lines that add a rule in the language of whoever owns the security group. */
export function ruleInstruction(owner: ResourceOwner, { name, groupId, sourceGroupId, port }: RequiredRule): string {
  const purpose = `${name} of the observability foundation`;
  switch (owner) {
    case 'sst':
      return (
        `new aws.vpc.SecurityGroupIngressRule('${name}ToDatabase', { securityGroupId: '${groupId}', ` +
        `referencedSecurityGroupId: '${sourceGroupId}', ipProtocol: 'tcp', fromPort: ${port}, toPort: ${port}, ` +
        `description: '${purpose}' });`
      );
    case 'terraform':
      return terraform('aws_vpc_security_group_ingress_rule', `${snakeCase(name)}_to_database`, {
        security_group_id: groupId,
        referenced_security_group_id: sourceGroupId,
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
          SourceSecurityGroupId: sourceGroupId,
          Description: purpose,
        },
      });
    case 'none':
      return `aws ec2 authorize-security-group-ingress --group-id ${groupId} --protocol tcp --port ${port} --source-group ${sourceGroupId}`;
  }
}

/** The lines that add a route in the language of whoever owns the route table. */
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

function snakeCase(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
