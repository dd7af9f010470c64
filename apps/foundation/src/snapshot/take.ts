import { mapBounded } from '../account/bounded';
import type { Clients } from '../account/clients';
import type { StackResource } from '../account/deployed-stage';
import { stackResources } from '../account/stack-resources';
import type { Foundation } from '../config';
import { parseStageStackName } from '../stacks/stack-names';
import { announcedBy } from './announced';
import { isUnknown, type Kind, type Reading, type Resource } from './kind';
import { Managed } from './managed';
import { orUnknown } from './or-unknown';
import type { Snapshot } from './schema';
import { SERVICES } from './services';
import { canonical, type Value } from './value';
import { volatileFields } from './volatile';

/** Kinds that are read at the same time; each reads its details a few at a time. */
const KINDS_AT_ONCE = 6;

const NOT_DEPLOYED = { notRead: 'the database function is not deployed yet' };

/** What a snapshot is taken of. */
export interface SnapshotOptions {
  readonly aws: Clients;
  /** Clients of the Region of the cost stacks, where that is another one. @default - the same */
  readonly costAws?: Clients | undefined;
  readonly foundation: Foundation;
  readonly account: string;
  readonly region: string;
  readonly stage: string;
  /** Asks the database function; called only when the stage is deployed. */
  readonly database: () => Promise<Snapshot['database']>;
  readonly now: Date;
  /** Gets the name of each kind that was read, and how many are. */
  readonly onRead?: (kind: string, done: number, all: number) => void;
}

/**
 * Reads what exists and is not managed by the stacks of the foundation. What may not be read is a value of its own.
 *
 * @throws CommandError when the credentials stop working
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const { aws, account, region, stage, foundation, database, now, onRead } = options;
  const resources = await orUnknown(() => resourcesOfStacks(options));
  // Without them nobody knows what is whose.
  const managed = Array.isArray(resources) ? new Managed(resources) : undefined;
  const kinds = SERVICES.flatMap((service) => service.kinds.map((kind) => ({ service: service.name, kind })));
  let done = 0;
  const read = await mapBounded(
    kinds,
    async ({ service, kind }) => {
      const found = managed ? await readKind(kind, { aws, account, region, managed }) : resources;
      done += 1;
      onRead?.(kind.name, done, kinds.length);
      return [service, kind.name, found] as const;
    },
    KINDS_AT_ONCE,
  );
  const beforeFirstDeployment = managed !== undefined && !managed.resources.some((one) => isOfStage(one, stage));
  const services: { [service: string]: { [kind: string]: unknown } } = {};
  for (const [service, kind, found] of read) services[service] = { ...services[service], [kind]: found };
  const ofServices = canonical(services) as Snapshot['services'];
  return {
    version: 1,
    account,
    region,
    stage,
    takenAt: now.toISOString(),
    beforeFirstDeployment,
    announced: managed
      ? (canonical(
          announcedBy({ foundation, account, region, managed, services: ofServices }),
        ) as Snapshot['announced'])
      : {},
    services: ofServices,
    database: canonical(beforeFirstDeployment ? NOT_DEPLOYED : await database()) as Snapshot['database'],
  };
}

async function resourcesOfStacks({ aws, costAws }: SnapshotOptions): Promise<StackResource[]> {
  return (await Promise.all([aws, ...(costAws ? [costAws] : [])].map((one) => stackResources({ aws: one })))).flat();
}

function isOfStage({ stack }: StackResource, stage: string): boolean {
  return parseStageStackName(stack)?.stage === stage;
}

async function readKind(kind: Kind, reading: Reading): Promise<unknown> {
  const found = await orUnknown(() => kind.read(reading));
  if (!Array.isArray(found)) return found;
  const without = volatileFields(kind.name);
  const others = (found as Resource[]).filter((resource) => !isManaged(kind, resource, reading.managed));
  return Object.fromEntries(others.map(({ id, properties }): [string, Value] => [id, canonical(properties, without)]));
}

/** Also what AWS adds to a VPC of the stacks, such as its main route table. */
function isManaged({ type }: Kind, { id, physicalId = id, properties }: Resource, managed: Managed): boolean {
  const { VpcId } = properties as { readonly VpcId?: string };
  return managed.has(type, physicalId) || managed.has('AWS::EC2::VPC', VpcId);
}

/** What could not be read, such as `bucket: needs s3:ListAllMyBuckets`; each once. */
export function unreadIn({ services, database }: Snapshot): string[] {
  const found = new Set<string>();
  const search = (kind: string, value: unknown): void => {
    if (isUnknown(value)) found.add(`${kind}: ${value.$unknown}`);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) search(kind, inner);
  };
  for (const kinds of Object.values(services)) for (const [kind, value] of Object.entries(kinds)) search(kind, value);
  search('database', database);
  return [...found].sort();
}
