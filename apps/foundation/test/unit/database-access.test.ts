import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src';
import { assemblyOf, type Change, inOwnVpc, modeOf, ofType, peering } from './modes';

/** Security group of the cluster in the example. */
const CLUSTER = 'sg-0a1b2c3d4e5f60718';
const [ROUTE_TABLE = ''] = peering.routeTableIds;

type Access = 'present' | 'rule' | 'print' | undefined;
type Outcome = { readonly rules: number; readonly printed: number };

const NOTHING = { rules: 0, printed: 0 };
const RULES = { rules: 2, printed: 0 };
const PRINTED = { rules: 0, printed: 2 };

/** What is added to what exists, and what its owner is asked to add. */
function changesOf(change: Change) {
  const assembly = assemblyOf(change);
  const outputs = assembly.stacks.map(({ template }) => template.Outputs?.DatabaseAccessToAdd?.Value ?? '');
  const lines = JSON.stringify(outputs);
  return {
    rules: ofType(assembly, 'AWS::EC2::SecurityGroupIngress').filter(({ GroupId }) => GroupId === CLUSTER),
    routes: ofType(assembly, 'AWS::EC2::Route').filter(({ RouteTableId }) => RouteTableId === ROUTE_TABLE),
    printed: (id: string) => lines.split(id).length - 1,
    lines,
    groups: ofType(assembly, 'AWS::EC2::SecurityGroup'),
  };
}

const ownedBy = (owner: string, access: Access) =>
  changesOf((stage) => void Object.assign(stage.database, { owner, ...(access && { access }) }));

function outcome(owner: string, access: Access): Outcome {
  const { rules, printed } = ownedBy(owner, access);
  return { rules: rules.length, printed: printed(CLUSTER) };
}

describe.each<[owner: string, byDefault: Outcome, language: string]>([
  ['none', RULES, ''],
  ['cloudformation', PRINTED, 'AWS::EC2::SecurityGroupIngress'],
  ['sst', PRINTED, 'new aws.vpc.SecurityGroupIngressRule'],
  ['terraform', PRINTED, 'aws_vpc_security_group_ingress_rule'],
])("a cluster whose owner is '%s'", (owner, byDefault, language) => {
  test('is changed by default only when nothing owns it', () => {
    expect(outcome(owner, undefined)).toEqual(byDefault);
    expect(ownedBy(owner, undefined).lines).toContain(language);
  });

  test('is left as it is where access is there', () => {
    expect(outcome(owner, 'present')).toEqual(NOTHING);
  });

  test('is changed by its owner on request', () => {
    expect(outcome(owner, 'print')).toEqual(PRINTED);
  });
});

test.each(['none', 'cloudformation'])("a cluster whose owner is '%s' gains rules on request", (owner) => {
  expect(outcome(owner, 'rule')).toEqual(RULES);
});

test.each(['sst', 'terraform'])("fails to change a cluster whose owner is '%s'", (owner) => {
  expect(() => outcome(owner, 'rule')).toThrow(ConfigError);
});

describe('the routes back from the VPC of the database', () => {
  const peered = (routeTablesOwner: string | undefined, database: object) =>
    inOwnVpc({ peering: { ...peering, routeTablesOwner } }, database);

  test.each([
    ['the cluster made by hand, its VPC by Terraform', 'terraform', { owner: 'none' }, false],
    ['the cluster of SST, its VPC made by hand', 'none', { owner: 'sst' }, true],
    ['made by hand, where access is there', undefined, { owner: 'none', access: 'present' }, true],
    ['made by hand, access to be printed', undefined, { owner: 'none', access: 'print' }, true],
    ['all of Terraform', undefined, { owner: 'terraform' }, false],
    [
      'all of CloudFormation, which lets its group gain rules',
      undefined,
      { owner: 'cloudformation', access: 'rule' },
      false,
    ],
  ])('follow the owner of the route tables alone: %s', (_, routeTablesOwner, database, added) => {
    const { routes, printed } = changesOf(peered(routeTablesOwner, database));
    expect([routes.length, printed(ROUTE_TABLE) > 0]).toEqual([added ? 1 : 0, !added]);
  });

  test('are printed in the language of the tool that owns the tables', () => {
    expect(changesOf(peered('terraform', { owner: 'sst' })).lines).toContain('resource \\"aws_route\\"');
  });
});

describe('subnets that exist in another VPC than the database', () => {
  const elsewhere =
    (database: object): Change =>
    (stage, cost) => {
      modeOf('existing, in another VPC')(stage, cost);
      Object.assign(stage.database, database);
    };

  test('of the tasks are let in by their blocks, and the function by its group', () => {
    const { rules } = changesOf(elsewhere({}));
    expect(rules.map(({ CidrIp, SourceSecurityGroupId }) => CidrIp ?? typeof SourceSecurityGroupId)).toEqual([
      '10.50.0.64/26',
      '10.50.0.128/26',
      'object',
    ]);
  });

  test('are in the printed lines', () => {
    const { rules, lines } = changesOf(elsewhere({ owner: 'terraform' }));
    expect(rules).toEqual([]);
    expect(lines).toContain('cidr_ipv4 = \\"10.50.0.64/26\\"');
  });

  test('lead Umami to the blocks of the database', () => {
    const umami = changesOf(elsewhere({})).groups.find(({ GroupDescription }) => GroupDescription === 'Tasks of Umami');
    expect(umami?.['SecurityGroupEgress']).toEqual(
      expect.arrayContaining(
        ['10.60.0.0/26', '10.60.0.64/26'].map((CidrIp) => expect.objectContaining({ CidrIp, FromPort: 5432 })),
      ),
    );
  });
});
