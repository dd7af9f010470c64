import { storesData } from '../../src/data-stores';
import type { TagSchema, Vocabulary } from '../../src/schema';
import { describeTagProblem } from '../../src/tag-schema-error';
import { reasonWithoutTags } from '../../src/taggable-types';
import type { Clients } from './clients';
import type { Offender, Reading, UnreadResource } from './finding';
import { commandFor } from './per-service';

/** What was found, in numbers. */
export interface Summary {
  /** Resources that were checked. */
  readonly resources: number;
  /** Those that take tags and whose tags were read. */
  readonly checked: number;
  /** Those among them that follow the schema. */
  readonly compliant: number;
  /** Those whose tags could not be read. */
  readonly unread: number;
  /** Number and reason by type of those that take no tags. */
  readonly untaggable: { readonly [type: string]: { readonly count: number; readonly reason: string } };
}

/** What comes of a check, resource by resource; what complies is only counted. */
export type Finding =
  | ({ readonly state: 'offender' } & Offender)
  | ({ readonly state: 'unread' } & UnreadResource & { readonly command: string });

/** Options of {@link check}. */
export interface CheckOptions {
  /** What the tags have to follow. */
  readonly schema: TagSchema | TagSchema<Vocabulary>;
  /** Called for each finding, as soon as it is found. */
  readonly onFinding: (finding: Finding) => void;
  /** Called after each resource with the number of resources so far. @default - nobody is told */
  readonly onProgress?: (resources: number) => void;
}

/** Checks what is read, and keeps nothing of it but numbers. */
export async function check(
  clients: Clients,
  readings: AsyncIterable<Reading>,
  { schema, onFinding, onProgress }: CheckOptions,
): Promise<Summary> {
  const untaggable: { [type: string]: { count: number; reason: string } } = {};
  const counted = { resources: 0, checked: 0, compliant: 0, unread: 0 };
  for await (const reading of readings) {
    counted.resources += 1;
    onProgress?.(counted.resources);
    if (reading.kind === 'untaggable') {
      const { type = '' } = reading.resource;
      untaggable[type] ??= { count: 0, reason: reasonWithoutTags(type) };
      untaggable[type].count += 1;
      continue;
    }
    const { type, id } = reading.resource;
    if (reading.kind === 'unread') {
      counted.unread += 1;
      onFinding({ state: 'unread', ...reading.resource, command: commandFor(clients, type, id) });
      continue;
    }
    counted.checked += 1;
    const { tags, ...resource } = reading.resource;
    const problems = schema.check(tags, { storesData: storesData(type ?? '') }).map(describeTagProblem);
    if (problems.length === 0) counted.compliant += 1;
    else onFinding({ state: 'offender', ...resource, problems, command: commandFor(clients, type, id) });
  }
  return { ...counted, untaggable };
}
