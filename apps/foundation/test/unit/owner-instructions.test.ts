import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { routeInstruction, ruleInstruction } from '../../src/stacks/owner-instructions';

const [CLUSTER, TASKS] = ['sg-0123456789abcdef0', 'sg-00000000000000000'];
const RULE = { groupId: CLUSTER, port: 5432, description: 'Umami of the observability foundation' };
const BY_GROUP = { ...RULE, id: 'UmamiTasks', sourceSecurityGroupId: TASKS };
const BY_BLOCK = { ...RULE, id: 'Umami-10.50.1.0-26', cidrIp: '10.50.1.0/26' };
const ROUTE = {
  routeTableId: 'rtb-0a',
  destinationCidrBlock: '10.40.250.0/24',
  vpcPeeringConnectionId: 'pcx-0123456789abcdef0',
};

test.each([
  [
    'none',
    BY_GROUP,
    `aws ec2 authorize-security-group-ingress --group-id ${CLUSTER} --protocol tcp --port 5432 --source-group ${TASKS}`,
  ],
  [
    'none',
    BY_BLOCK,
    `aws ec2 authorize-security-group-ingress --group-id ${CLUSTER} --protocol tcp --port 5432 --cidr 10.50.1.0/26`,
  ],
  [
    'sst',
    BY_GROUP,
    `new aws.vpc.SecurityGroupIngressRule('UmamiTasksToDatabase', { securityGroupId: '${CLUSTER}', referencedSecurityGroupId: '${TASKS}', ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, description: 'Umami of the observability foundation' });`,
  ],
  [
    'sst',
    BY_BLOCK,
    `new aws.vpc.SecurityGroupIngressRule('Umami-10.50.1.0-26ToDatabase', { securityGroupId: '${CLUSTER}', cidrIpv4: '10.50.1.0/26', ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, description: 'Umami of the observability foundation' });`,
  ],
  [
    'terraform',
    BY_GROUP,
    `resource "aws_vpc_security_group_ingress_rule" "umami_tasks_to_database" {
  security_group_id = "${CLUSTER}"
  referenced_security_group_id = "${TASKS}"
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
  description = "Umami of the observability foundation"
}`,
  ],
  [
    'terraform',
    BY_BLOCK,
    `resource "aws_vpc_security_group_ingress_rule" "umami_10_50_1_0_26_to_database" {
  security_group_id = "${CLUSTER}"
  cidr_ipv4 = "10.50.1.0/26"
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
  description = "Umami of the observability foundation"
}`,
  ],
  [
    'cloudformation',
    BY_GROUP,
    `{"Type":"AWS::EC2::SecurityGroupIngress","Properties":{"GroupId":"${CLUSTER}","IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"SourceSecurityGroupId":"${TASKS}","Description":"Umami of the observability foundation"}}`,
  ],
  [
    'cloudformation',
    BY_BLOCK,
    `{"Type":"AWS::EC2::SecurityGroupIngress","Properties":{"GroupId":"${CLUSTER}","IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"CidrIp":"10.50.1.0/26","Description":"Umami of the observability foundation"}}`,
  ],
] as const)('a rule for the owner %s, case %#', (owner, rule, lines) => {
  expect(ruleInstruction(owner, rule)).toBe(lines);
});

test.each([
  [
    'none',
    'aws ec2 create-route --route-table-id rtb-0a --destination-cidr-block 10.40.250.0/24 --vpc-peering-connection-id pcx-0123456789abcdef0',
  ],
  [
    'sst',
    "new aws.ec2.Route('Observability-rtb-0a', { routeTableId: 'rtb-0a', destinationCidrBlock: '10.40.250.0/24', vpcPeeringConnectionId: 'pcx-0123456789abcdef0' });",
  ],
  [
    'terraform',
    `resource "aws_route" "observability_rtb_0a" {
  route_table_id = "rtb-0a"
  destination_cidr_block = "10.40.250.0/24"
  vpc_peering_connection_id = "pcx-0123456789abcdef0"
}`,
  ],
  [
    'cloudformation',
    '{"Type":"AWS::EC2::Route","Properties":{"RouteTableId":"rtb-0a","DestinationCidrBlock":"10.40.250.0/24","VpcPeeringConnectionId":"pcx-0123456789abcdef0"}}',
  ],
] as const)('a route for the owner %s', (owner, lines) => {
  expect(routeInstruction(owner, ROUTE)).toBe(lines);
});

test('a route table that only the deployment knows keeps its id in the lines for Terraform', () => {
  const stack = new Stack();
  const lines = routeInstruction('terraform', { ...ROUTE, routeTableId: new CfnParameter(stack, 'Id').valueAsString });
  expect(stack.resolve(lines)['Fn::Join'][1].slice(0, 4)).toEqual([
    'resource "aws_route" "observability_',
    { Ref: 'Id' },
    '" {\n  route_table_id = "',
    { Ref: 'Id' },
  ]);
});
