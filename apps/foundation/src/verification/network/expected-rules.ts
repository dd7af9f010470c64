import { type ExpectedStage, stageOf } from '../../account/deployed-stage';

/** Ports of OpenReplay: behind the load balancer, for events of functions, and among its own tasks. */
const OPENREPLAY = { ingestion: 8080, visited: [8000, 8080, 9001], internal: [2049, 5432, 6379, 8123, 9000, 9001] };

/** Rules of each security group, by the name of the group. */
export function expectedRules(expected: ExpectedStage): { readonly [group: string]: readonly string[] } {
  const { network, database } = stageOf(expected);
  const { cloudFrontPrefixListId, cidrBlocks = [] } = network.loadBalancer;
  const each = (ports: readonly number[], rule: (port: number) => string) => ports.map(rule);
  const access = database.access ?? (database.owner === 'none' ? 'rule' : 'print');
  const umamiReaches = network.mode !== 'new' || network.peering !== undefined;
  // In another VPC, to which means of the user's own lead, both sides are known by their blocks.
  const blocks = network.mode === 'existing' ? network.databaseCidrBlocks : undefined;
  const tasks =
    blocks && network.mode === 'existing' ? network.privateSubnets.map(({ cidrBlock }) => cidrBlock) : ['Umami'];
  const clients = ['database function', ...(umamiReaches ? tasks : [])];
  const toDatabase = `out to database: ${database.port}`;
  return {
    'load balancer': [
      ...(cloudFrontPrefixListId ? [`in from ${cloudFrontPrefixListId}: 443`] : []),
      ...cidrBlocks.flatMap((block) => [`in from ${block}: 443`, `in from ${block}: 80`]),
      'out to Umami: 3000',
      ...each(OPENREPLAY.visited, (port) => `out to OpenReplay: ${port}`),
      // EC2 opens a group that is created without any outbound rule.
      'out to 127.0.0.1/32: all',
    ],
    functions: ['out to Umami: 3000', `out to OpenReplay: ${OPENREPLAY.ingestion}`, 'out to 127.0.0.1/32: all'],
    Umami: [
      'in from load balancer: 3000',
      'in from functions: 3000',
      'out to 0.0.0.0/0: 443',
      ...(umamiReaches && !blocks ? [toDatabase] : []),
      ...(blocks ?? []).map((block) => `out to ${block}: ${database.port}`),
    ],
    OpenReplay: [
      `in from functions: ${OPENREPLAY.ingestion}`,
      ...each(OPENREPLAY.visited, (port) => `in from load balancer: ${port}`),
      ...each(OPENREPLAY.internal, (port) => `in from OpenReplay: ${port}`),
      ...each(OPENREPLAY.internal, (port) => `out to OpenReplay: ${port}`),
      'out to 0.0.0.0/0: 443',
      'out to 0.0.0.0/0: 587',
    ],
    'database function': ['out to 0.0.0.0/0: 443', toDatabase],
    database: access === 'rule' ? clients.map((client) => `in from ${client}: ${database.port}`) : [],
  };
}
