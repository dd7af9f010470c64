import { PrefixList, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { NetworkError, PORTS, SecurityGroups, type SecurityGroupsProps } from '../../src';
import { openedByEc2, rulesOf } from './security-group-rules';
import { newStack, ofType, propertiesOf, tagOf } from './template';

const CLUSTER = 'sg-0123456789abcdef0';
const prefixListOf = (scope: Stack, id = 'pl-3b927c52') => PrefixList.fromPrefixListId(scope, 'CloudFront', id);
const CLOUD_FRONT = { cloudFrontPrefixList: prefixListOf(new Stack()) };

function vpcOf(stack: Stack, vpcId = 'vpc-0123456789abcdef0') {
  return Vpc.fromVpcAttributes(stack, vpcId, { vpcId, availabilityZones: ['us-east-1a', 'us-east-1b'] });
}

function create(props: (stack: Stack) => Omit<SecurityGroupsProps, 'vpc'> = () => CLOUD_FRONT) {
  const stack = newStack();
  return { stack, groups: new SecurityGroups(stack, 'Groups', { vpc: vpcOf(stack), ...props(stack) }) };
}

function withDatabase(more: Partial<SecurityGroupsProps> = {}) {
  return create((stack) => ({
    ...CLOUD_FRONT,
    databaseSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Cluster', CLUSTER),
    ...more,
  }));
}

const WITHIN_OPENREPLAY = [2049, 5432, 6379, 8123, 9000, 9001];

const INBOUND = [
  'LoadBalancer: tcp 443 pl-3b927c52 (CloudFront)',
  ...WITHIN_OPENREPLAY.map((port) => `OpenReplay: tcp ${port} OpenReplay (OpenReplay among its own tasks)`),
  'OpenReplay: tcp 8000 LoadBalancer (OpenReplay)',
  'OpenReplay: tcp 8080 ApplicationFunctions (Events of functions)',
  'OpenReplay: tcp 8080 LoadBalancer (OpenReplay)',
  'OpenReplay: tcp 9001 LoadBalancer (OpenReplay)',
  'Umami: tcp 3000 ApplicationFunctions (Events of functions)',
  'Umami: tcp 3000 LoadBalancer (Umami)',
].sort();

const OUTBOUND = [
  'ApplicationFunctions: all 127.0.0.1/32 (Nowhere but to the tasks)',
  'ApplicationFunctions: tcp 3000 Umami (Events of functions)',
  'ApplicationFunctions: tcp 8080 OpenReplay (Events of functions)',
  'DatabaseFunction: tcp 443 0.0.0.0/0 (AWS APIs)',
  'LoadBalancer: all 127.0.0.1/32 (Nowhere but to the tasks)',
  'LoadBalancer: tcp 3000 Umami (Umami)',
  'LoadBalancer: tcp 8000 OpenReplay (OpenReplay)',
  'LoadBalancer: tcp 8080 OpenReplay (OpenReplay)',
  'LoadBalancer: tcp 9001 OpenReplay (OpenReplay)',
  ...WITHIN_OPENREPLAY.map((port) => `OpenReplay: tcp ${port} OpenReplay (OpenReplay among its own tasks)`),
  'OpenReplay: tcp 443 0.0.0.0/0 (Images and AWS APIs)',
  'OpenReplay: tcp 587 0.0.0.0/0 (Invitations by e-mail)',
  'Umami: tcp 443 0.0.0.0/0 (Images and AWS APIs)',
].sort();

/** What comes on top of the rules that are always there. */
function added(rules: string[], usual: string[]): string[] {
  expect(rules).toEqual(expect.arrayContaining(usual));
  return rules.filter((rule) => !usual.includes(rule));
}

describe('by default', () => {
  test('exactly these rules let traffic in', () => {
    expect(rulesOf(create().stack, 'Ingress')).toEqual(INBOUND);
  });

  test('exactly these rules let traffic out', () => {
    expect(rulesOf(create().stack, 'Egress')).toEqual(OUTBOUND);
  });
});

describe('the load balancer', () => {
  test('takes browsers from the blocks that are named, on 443, and on 80 to be redirected', () => {
    const { stack } = create(() => ({ loadBalancerCidrBlocks: ['198.51.100.0/24', '203.0.113.0/24'] }));
    expect(rulesOf(stack, 'Ingress').filter((rule) => rule.startsWith('LoadBalancer'))).toEqual([
      'LoadBalancer: tcp 443 198.51.100.0/24 (Browsers)',
      'LoadBalancer: tcp 443 203.0.113.0/24 (Browsers)',
      'LoadBalancer: tcp 80 198.51.100.0/24 (Browsers, to be redirected)',
      'LoadBalancer: tcp 80 203.0.113.0/24 (Browsers, to be redirected)',
    ]);
  });

  test('takes CloudFront and browsers together', () => {
    const { stack } = create(() => ({ ...CLOUD_FRONT, loadBalancerCidrBlocks: ['203.0.113.0/24'] }));
    expect(added(rulesOf(stack, 'Ingress'), INBOUND)).toEqual([
      'LoadBalancer: tcp 443 203.0.113.0/24 (Browsers)',
      'LoadBalancer: tcp 80 203.0.113.0/24 (Browsers, to be redirected)',
    ]);
  });

  test('takes a prefix list that only the deployment knows', () => {
    const { stack } = create((scope) => ({
      cloudFrontPrefixList: prefixListOf(scope, new CfnParameter(scope, 'PrefixList').valueAsString),
    }));
    expect(rulesOf(stack, 'Ingress')).toContain('LoadBalancer: tcp 443 PrefixList (CloudFront)');
  });

  test.each([{}, { loadBalancerCidrBlocks: [] }])('fails when nothing would reach it: %o', (props) => {
    expect(() => create(() => props)).toThrow(
      new NetworkError(
        '`cloudFrontPrefixList` or `loadBalancerCidrBlocks` must say who reaches the load balancer, got: neither.' +
          ' Find the prefix list of the Region with: aws ec2 describe-managed-prefix-lists' +
          ' --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing',
      ),
    );
  });
});

describe('the rules that a group may have', () => {
  const blocks = (count: number) => Array.from({ length: count }, (_, index) => `203.0.${index}.0/24`);

  test.each([
    [30, 'without CloudFront', {}],
    [2, 'beside CloudFront', CLOUD_FRONT],
  ])('%i blocks fit %s', (most, _, props) => {
    expect(() => create(() => ({ ...props, loadBalancerCidrBlocks: blocks(most) }))).not.toThrow();
    expect(() => create(() => ({ ...props, loadBalancerCidrBlocks: blocks(most + 1) }))).toThrow(
      `\`loadBalancerCidrBlocks\` must be at most ${most}${most === 2 ? ' beside the prefix list of CloudFront' : ''}, got: ${most + 1}.` +
        ' A security group has 60 rules: join adjacent blocks.',
    );
  });
});

describe('functions of the application', () => {
  const ofFunctions = (direction: 'Ingress' | 'Egress') =>
    rulesOf(withDatabase().stack, direction).filter((rule) => rule.includes('ApplicationFunctions'));

  test('reach Umami and the ingestion of OpenReplay, neither its API nor the database', () => {
    expect(ofFunctions('Egress')).toEqual([
      'ApplicationFunctions: all 127.0.0.1/32 (Nowhere but to the tasks)',
      'ApplicationFunctions: tcp 3000 Umami (Events of functions)',
      'ApplicationFunctions: tcp 8080 OpenReplay (Events of functions)',
    ]);
  });

  test('let nobody in: what visits the load balancer does not visit them', () => {
    expect(ofFunctions('Ingress').filter((rule) => rule.startsWith('ApplicationFunctions'))).toEqual([]);
  });
});

describe('the database', () => {
  test('out of reach of the network is reached by the function alone', () => {
    const { stack } = withDatabase({ umamiReachesDatabase: false });
    expect(added(rulesOf(stack, 'Egress'), OUTBOUND)).toEqual([
      `DatabaseFunction: tcp 5432 ${CLUSTER} (Database of the application)`,
    ]);
  });

  test('may be reached by Umami and by the function that sets it up, and by nobody else', () => {
    expect(added(rulesOf(withDatabase().stack, 'Egress'), OUTBOUND)).toEqual([
      `DatabaseFunction: tcp 5432 ${CLUSTER} (Database of the application)`,
      `Umami: tcp 5432 ${CLUSTER} (Database of the application)`,
    ]);
  });

  test('may listen on another port', () => {
    expect(added(rulesOf(withDatabase({ databasePort: 6432 }).stack, 'Egress'), OUTBOUND)).toEqual([
      `DatabaseFunction: tcp 6432 ${CLUSTER} (Database of the application)`,
      `Umami: tcp 6432 ${CLUSTER} (Database of the application)`,
    ]);
  });

  test('may be reached in a peered VPC by its CIDR blocks', () => {
    const { stack } = create(() => ({ ...CLOUD_FRONT, databaseCidrBlocks: ['10.0.0.0/16', '10.1.0.0/16'] }));
    expect(added(rulesOf(stack, 'Egress'), OUTBOUND)).toEqual([
      'DatabaseFunction: tcp 5432 10.0.0.0/16 (Database of the application)',
      'DatabaseFunction: tcp 5432 10.1.0.0/16 (Database of the application)',
      'Umami: tcp 5432 10.0.0.0/16 (Database of the application)',
      'Umami: tcp 5432 10.1.0.0/16 (Database of the application)',
    ]);
  });

  test('is known to Umami by its blocks, and by its group to the function that is in its VPC', () => {
    const stack = newStack();
    new SecurityGroups(stack, 'Groups', {
      ...CLOUD_FRONT,
      vpc: vpcOf(stack),
      databaseFunctionVpc: vpcOf(stack, 'vpc-0a'),
      databaseSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Cluster', CLUSTER),
      databaseCidrBlocks: ['10.0.0.0/26'],
    });
    expect(added(rulesOf(stack, 'Egress'), OUTBOUND)).toEqual([
      `DatabaseFunction: tcp 5432 ${CLUSTER} (Database of the application)`,
      'Umami: tcp 5432 10.0.0.0/26 (Database of the application)',
    ]);
  });

  test('is known to a function of the network by its blocks, too', () => {
    expect(added(rulesOf(withDatabase({ databaseCidrBlocks: ['10.0.0.0/26'] }).stack, 'Egress'), OUTBOUND)).toEqual([
      'DatabaseFunction: tcp 5432 10.0.0.0/26 (Database of the application)',
      'Umami: tcp 5432 10.0.0.0/26 (Database of the application)',
    ]);
  });

  test('does not get a rule in its own security group', () => {
    expect(rulesOf(withDatabase().stack, 'Ingress')).toEqual(INBOUND);
  });

  test('is set up from the VPC of the groups, or from another one', () => {
    const vpcs = (stack: Stack) => propertiesOf(stack, 'AWS::EC2::SecurityGroup').map(({ VpcId }) => VpcId);
    expect(new Set(vpcs(create().stack))).toEqual(new Set(['vpc-0123456789abcdef0']));
    const { stack } = create((scope) => ({ ...CLOUD_FRONT, databaseFunctionVpc: vpcOf(scope, 'vpc-0a') }));
    expect(vpcs(stack)).toEqual([...Array(4).fill('vpc-0123456789abcdef0'), 'vpc-0a']);
  });
});

describe('whatever the props', () => {
  const variants = {
    'CloudFront alone': () => create(),
    'browsers alone': () => create(() => ({ loadBalancerCidrBlocks: ['203.0.113.0/24'] })),
    everything: () => withDatabase({ loadBalancerCidrBlocks: ['203.0.113.0/24'], databaseCidrBlocks: ['10.0.0.0/16'] }),
  };

  test.each(Object.entries(variants))('nothing is open to everybody inbound (%s)', (_, variant) => {
    expect(rulesOf(variant().stack, 'Ingress').filter((rule) => /0\.0\.0\.0\/0|::\/0|: all /.test(rule))).toEqual([]);
  });

  test.each(Object.entries(variants))('everybody is reached by HTTPS, and for e-mail, alone (%s)', (_, variant) => {
    const { stack } = variant();
    expect(openedByEc2(stack)).toEqual([]);
    const outbound = rulesOf(stack, 'Egress').filter((rule) => !/^\w+: all 127\.0\.0\.1\/32 /.test(rule));
    expect(outbound.filter((rule) => /: all |::\/0/.test(rule))).toEqual([]);
    expect(outbound.filter((rule) => rule.includes('0.0.0.0/0') && !/tcp (443|587) /.test(rule))).toEqual([]);
  });
});

test('every group says what it is for', () => {
  const described = propertiesOf(create().stack, 'AWS::EC2::SecurityGroup').map((group) => [
    group['GroupDescription'],
    tagOf(group, 'Name'),
    tagOf(group, 'Component'),
    tagOf(group, 'Function'),
  ]);
  expect(described).toEqual([
    ['Load balancer of Umami and OpenReplay', 'Stack/Groups/LoadBalancer', 'Infrastructure', 'Networking'],
    ['Tasks of Umami', 'Stack/Groups/Umami', 'Umami', 'Networking'],
    ['Tasks of OpenReplay', 'Stack/Groups/OpenReplay', 'OpenReplay', 'Networking'],
    ['Functions that send events', 'Stack/Groups/ApplicationFunctions', 'Infrastructure', 'Networking'],
    ['Function that sets up the database', 'Stack/Groups/DatabaseFunction', 'Umami', 'Networking'],
  ]);
});

test('the groups are handed out under their names', () => {
  const { stack, groups } = create();
  const logicalIds = ofType(stack, 'AWS::EC2::SecurityGroup').map(([logicalId]) => logicalId);
  const { loadBalancer, umami, openReplay, applicationFunctions, databaseFunction } = groups;
  const handedOut = [loadBalancer, umami, openReplay, applicationFunctions, databaseFunction];
  expect(handedOut.map(({ securityGroupId }) => stack.resolve(securityGroupId))).toEqual(
    logicalIds.map((logicalId) => ({ 'Fn::GetAtt': [logicalId, 'GroupId'] })),
  );
});

test('the groups adopt no name that SST looks for', () => {
  // Vpc.v1.get of SST takes the first group with `SecurityGroup` in its name, which CloudFormation makes of this id.
  const logicalIds = ofType(create().stack, 'AWS::EC2::SecurityGroup').map(([logicalId]) => logicalId);
  expect(logicalIds.filter((logicalId) => logicalId.includes('SecurityGroup'))).toEqual([]);
});

test('the ports are those that the containers listen on', () => {
  expect(PORTS).toEqual({
    umami: [3000],
    openReplay: [8000, 8080, 9001],
    openReplayIngestion: [8080],
    openReplayInternal: [2049, 6379, 5432, 8123, 9000, 9001],
    mailSubmission: 587,
  });
});
