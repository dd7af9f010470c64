import { functionToDatabase, tasksToDatabase } from '../../../src/preflight/reachability/database';
import { databaseGroup } from '../../../src/preflight/reachability/database-group';
import type { Acl, AclRule, Facts, GroupRule, Route, RouteTable } from '../../../src/preflight/reachability/facts';
import { functionToSecretsManager, tasksToInternet } from '../../../src/preflight/reachability/secrets-manager';
import { another, existingElsewhere, functionSubnet, functionSubnets, inOwnVpc, peering } from '../modes';
import { planned, testCheck, VPC } from './planned';

const DATABASE = 'subnet-0123456789abcdef1';
const { subnetId: FUNCTION } = functionSubnet;
const GROUP = 'sg-0a1b2c3d4e5f60718';
const FIRST = '10.40.250.64/26';
const SECOND = '10.40.250.128/26';

const rule = (
  number: number,
  isEgress: boolean,
  cidr: string,
  from: number,
  to: number,
  isAllowed = true,
): AclRule => ({
  number,
  isEgress,
  isAllowed,
  cidr,
  from,
  to,
});
const OPEN = [rule(100, true, '0.0.0.0/0', 0, 65_535), rule(100, false, '0.0.0.0/0', 0, 65_535)];
const acl = (rules: readonly AclRule[], subnetIds: readonly string[] = [], isDefault = true): Acl => ({
  id: isDefault ? 'acl-default' : 'acl-database',
  vpcId: VPC,
  isDefault,
  subnetIds,
  rules,
});
const table = (id: string, routes: readonly Route[], more: Partial<RouteTable> = {}): RouteTable => ({
  id,
  vpcId: VPC,
  isMain: false,
  subnetIds: [],
  routes: [{ destination: '10.40.0.0/16', target: 'local' }, ...routes],
  ...more,
});
const TO_NAT: Route = { destination: '0.0.0.0/0', target: 'nat-1' };

const facts: Facts = {
  subnets: [
    { id: DATABASE, vpcId: VPC, cidr: '10.40.1.0/24' },
    { id: FUNCTION, vpcId: VPC, cidr: '10.40.2.0/24' },
  ],
  routeTables: [table('rtb-main', [TO_NAT], { isMain: true })],
  acls: [acl(OPEN)],
  groups: [],
  prefixLists: new Map([['pl-1', ['10.41.0.0/24', '10.42.0.0/24']]]),
  endpoints: [],
};
const path = (change: Partial<Facts> = {}, databaseSubnetIds = [DATABASE]) => ({
  facts: { ...facts, ...change },
  databaseSubnetIds,
});
const acls = (...rules: readonly AclRule[]) => path({ acls: [acl(OPEN), acl(rules, [DATABASE], false)] });
const answers = (number: number) =>
  [FIRST, SECOND].map(
    (cidr) =>
      `failure: acl-database does not let answers on ports 1024-65535 out of ${DATABASE} to ${cidr} (rule ${number || '*'})`,
  );
const shut = (number: number) =>
  [FIRST, SECOND].map(
    (cidr) => `failure: acl-database does not let port 5432 into ${DATABASE} from ${cidr} (rule ${number || '*'})`,
  );
const [OUT, IN] = [rule(100, true, '10.40.250.0/24', 1024, 65_535), rule(100, false, '10.40.250.0/24', 5432, 5432)];

testCheck(functionToDatabase, [
  ['within the VPC', path(), ['ok']],
  ['an ACL lets just this through', acls(OUT, IN), ['ok']],
  ['an ACL shuts the port', acls(OUT, rule(100, false, '10.40.0.0/16', 443, 443)), shut(0)],
  ['a Deny comes first', acls(OUT, rule(90, false, '10.40.250.0/24', 0, 65_535, false), IN), shut(90)],
  ['a Deny comes later', acls(OUT, rule(110, false, '10.40.250.0/24', 0, 65_535, false), IN), ['ok']],
  [
    'a Deny for one of the two subnets',
    acls(OUT, rule(90, false, SECOND, 5432, 5432, false), IN),
    [`failure: acl-database does not let port 5432 into ${DATABASE} from ${SECOND} (rule 90)`],
  ],
  ['a Deny for another port', acls(OUT, rule(90, false, '0.0.0.0/0', 22, 22, false), IN), ['ok']],
  [
    'an ACL lets each half of the addresses and of the ports through',
    acls(
      OUT,
      rule(100, false, '10.40.250.64/27', 5432, 5432),
      rule(110, false, '10.40.250.96/27', 5000, 6000),
      rule(120, false, '10.40.250.128/25', 5432, 5432),
    ),
    ['ok'],
  ],
  [
    'an ACL lets a part of the addresses through',
    acls(OUT, rule(100, false, '10.40.250.64/27', 5432, 5432), rule(120, false, SECOND, 5432, 5432)),
    [`warning: acl-database does not let port 5432 into ${DATABASE} from 10.40.250.96/27, a part of ${FIRST} (rule *)`],
  ],
  ['answers are shut', acls(rule(100, true, '0.0.0.0/0', 443, 443), IN), answers(0)],
  [
    'answers by two rules side by side',
    acls(rule(100, true, '0.0.0.0/0', 1024, 40_000), rule(110, true, '0.0.0.0/0', 40_001, 65_535), IN),
    ['ok'],
  ],
  [
    'answers to the ports of Linux alone',
    acls(rule(100, true, '0.0.0.0/0', 32_768, 61_000), IN),
    answers(0).map((text) => text.replace('failure', 'warning')),
  ],
  ['no such cluster', path({}, []), ['failure: There is no way to say: the subnets of the cluster are not there']],
]);

const { vpcId: OTHER } = existingElsewhere;
const ownVpc = (more: object = {}, database: object = {}) =>
  planned(inOwnVpc({ peering: { ...peering, ...more } }, database));
const databaseTable = (...routes: readonly Route[]) =>
  path({
    routeTables: [
      table('rtb-main', [], { isMain: true }),
      table('rtb-0123456789abcdef0', routes, { subnetIds: [DATABASE] }),
    ],
  });
const inOther = {
  ...existingElsewhere,
  privateSubnets: existingElsewhere.privateSubnets.slice(0, 1),
  databaseCidrBlocks: ['10.40.1.0/24'],
};
const elsewhere = planned(another(inOther, { functionSubnets }));
const between = (there: readonly Route[], back: readonly Route[]) =>
  path({
    subnets: [...facts.subnets, { id: 'subnet-0123456789abcdefc', vpcId: OTHER, cidr: '10.50.0.64/26' }],
    routeTables: [
      table('rtb-main', back, { isMain: true }),
      table('rtb-tasks', there, { vpcId: OTHER, isMain: true, routes: there }),
    ],
  });
const THERE: Route = { destination: '10.40.1.0/24', target: 'tgw-1' };
const BACK: Route = { destination: '10.50.0.0/16', target: 'tgw-1' };

testCheck(tasksToDatabase, [
  ['the deployment adds the routes both ways', databaseTable(), ['ok'], ownVpc()],
  ['the route back is there', databaseTable({ destination: '10.41.0.0/24', target: 'pcx-1' }), ['ok'], ownVpc()],
  [
    'the route back is in a prefix list',
    databaseTable({ destination: 'pl-1', target: 'pcx-1' }),
    ['ok'],
    ownVpc({}, { owner: 'sst' }),
  ],
  [
    'the owner has to add the route back',
    databaseTable(),
    [
      'warning: rtb-0123456789abcdef0 has no route to 10.41.0.64/26, and its owner has to add it',
      'warning: rtb-0123456789abcdef0 has no route to 10.41.0.128/26, and its owner has to add it',
    ],
    ownVpc({ routeTablesOwner: 'terraform' }),
  ],
  [
    'the block leads elsewhere',
    databaseTable({ destination: '10.41.0.0/24', target: 'eni-1', isBlackhole: true }),
    [
      'failure: rtb-0123456789abcdef0 leads 10.41.0.64/26 to eni-1, which is gone',
      'failure: rtb-0123456789abcdef0 leads 10.41.0.128/26 to eni-1, which is gone',
    ],
    ownVpc(),
  ],
  [
    'the subnets of the database have the main route table, which is not named',
    path({ routeTables: [table('rtb-main', [TO_NAT], { isMain: true })] }),
    [
      `failure: rtb-main leads 10.41.0.64/26 to nat-1, and not to the new VPC`,
      `failure: rtb-main leads 10.41.0.128/26 to nat-1, and not to the new VPC`,
    ],
    ownVpc(),
  ],
  ['a transit gateway both ways', between([THERE], [BACK]), ['ok'], elsewhere],
  ['no route there', between([], [BACK]), ['failure: rtb-tasks has no route to 10.40.1.0/24'], elsewhere],
  ['no route back', between([THERE], []), ['failure: rtb-main has no route to 10.50.0.64/26'], elsewhere],
  [
    'a longer prefix leads elsewhere',
    between(
      [
        { destination: '10.0.0.0/8', target: 'tgw-1' },
        { destination: '10.40.0.0/16', target: 'nat-1' },
      ],
      [BACK],
    ),
    [`failure: rtb-tasks leads 10.40.1.0/24 to nat-1, and not to ${VPC}`],
    elsewhere,
  ],
]);

const group = (ingress: readonly GroupRule[], deployed?: { tasks: string; databaseFunction: string }) => ({
  facts: { ...facts, groups: [{ id: GROUP, ingress }] },
  ...(deployed ? { deployed } : {}),
});
const OWN = { tasks: 'sg-umami', databaseFunction: 'sg-function' };
const present = planned(({ database }) => Object.assign(database, { access: 'present' }));
const printed = planned(({ database }) => Object.assign(database, { owner: 'sst' }));
const port = (peer: string, from = 5432, to = from): GroupRule => ({ peer, from, to });
const says = (state: string, end = '', blocks = `${FIRST}, ${SECOND}`) =>
  ['the database function', 'Umami'].map(
    (who) => `${state}: ${GROUP} does not let ${who} in from ${blocks}, port 5432${end}`,
  );

testCheck(databaseGroup, [
  ['the deployment adds the rules', group([]), ['ok']],
  ['the owner is to add them', group([]), says('warning', ' yet'), printed],
  ['the owner has added them', group([port('sg-umami'), port('sg-function')], OWN), ['ok'], printed],
  ['the owner has forgotten them', group([port('sg-other')], OWN), says('failure'), printed],
  ['there by the block of the VPC', group([port('10.40.0.0/16', 5000, 6000)]), ['ok'], present],
  [
    'there by a prefix list',
    {
      ...group([port('pl-2')]),
      facts: {
        ...facts,
        groups: [{ id: GROUP, ingress: [port('pl-2')] }],
        prefixLists: new Map([['pl-2', ['10.40.250.0/24']]]),
      },
    },
    ['ok'],
    present,
  ],
  ['not there: another port', group([port('10.40.0.0/16', 5433)]), says('failure'), present],
  ['not there: a rule that names the group itself', group([port(GROUP)]), says('failure'), present],
  ['not there for one subnet', group([port(FIRST)]), says('failure', '', SECOND), present],
]);

const endpoint = (ingress: readonly GroupRule[]): Facts => ({
  ...facts,
  endpoints: [{ id: 'vpce-1', vpcId: VPC, groupIds: ['sg-endpoint'] }],
  groups: [{ id: 'sg-endpoint', ingress }],
});
const withoutNat = planned(({ network }) => Object.assign(network, { nat: 'none' }));

testCheck(functionToSecretsManager, [
  ['through the new NAT gateway', facts, ['ok']],
  ['without egress', facts, ['failure: the new route table has no route to the internet'], withoutNat],
  ['through an endpoint, without egress', endpoint([port('10.40.0.0/16', 443)]), ['ok'], withoutNat],
  [
    'an endpoint takes all, and lets nobody in',
    endpoint([port('sg-other', 443)]),
    [FIRST, SECOND].map(
      (cidr) => `failure: vpce-1 of Secrets Manager does not let ${cidr} in, and the whole VPC is led to it`,
    ),
  ],
  [
    'subnets of the database lead to an internet gateway',
    { ...facts, routeTables: [table('rtb-main', [{ ...TO_NAT, target: 'igw-1' }], { isMain: true })] },
    [
      'failure: rtb-main leads the internet to igw-1: without a public address of their own, functions and tasks need a NAT gateway',
    ],
    ownVpc(),
  ],
]);

testCheck(tasksToInternet, [
  ['through the new NAT gateway', facts, ['ok']],
  [
    'a Deny for one address of the internet',
    { ...facts, acls: [acl([rule(1, false, '198.51.100.7/32', 0, 65_535, false), ...OPEN])] },
    ['ok'],
  ],
  [
    'the default ACL of the VPC shuts what new subnets need',
    { ...facts, acls: [acl([rule(100, true, '0.0.0.0/0', 0, 65_535), rule(100, false, '10.0.0.0/8', 0, 65_535)])] },
    [FIRST, SECOND].map(
      (cidr) => `failure: acl-default does not let answers on ports 1024-65535 into ${cidr} from 0.0.0.0/0 (rule *)`,
    ),
  ],
  [
    'only some addresses of the internet are let through',
    { ...facts, acls: [acl([rule(100, true, '52.0.0.0/8', 443, 443), rule(100, false, '0.0.0.0/0', 0, 65_535)])] },
    [FIRST, SECOND].map(
      (cidr) => `warning: acl-default does not let port 443 out of ${cidr} to a part of 0.0.0.0/0 (rule *)`,
    ),
  ],
  ['none was asked for', facts, ['warning: the new route table has no route to the internet'], withoutNat],
]);
