import { stageOf } from '../../account/deployed-stage';
import { type Difference, isUnannounced } from '../../snapshot';
import type { CriterionId } from '../criteria';
import type { Criterion, Finding } from '../criterion';
import type { VerifiedStage } from '../verified-stage';
import { type ObservedProbe, type ProbeName, probe } from './probes';

export interface ObservedChanges {
  /** The snapshot of before. @default - there is none */
  readonly before?: { readonly file: string; readonly takenAt: string } | undefined;
  /** How many resources of each kind there were. */
  readonly counts: { readonly [kind: string]: number };
  readonly differences: readonly Difference[];
  /** Whether an emulator was asked, which lacks services. @default false */
  readonly isEmulated?: boolean;
  /** What the health probes gave. @default - the configuration names none, or the criterion needs none */
  readonly probes?: readonly ObservedProbe[];
}

/**
 * What existed before the first deployment is as it was, but for what the configuration announces.
 *
 * @param kinds kinds of the snapshot
 * @param needs health probes of which the configuration has to name one @default - none
 */
export function unchanged(
  id: CriterionId,
  kinds: readonly string[],
  needs: readonly ProbeName[] = [],
): Criterion<ObservedChanges> {
  return {
    id,
    async observe(deployed) {
      const found = await changes(deployed, kinds);
      const probes: ObservedProbe[] = [];
      for (const name of needs) probes.push(...[(await probe(deployed, name)) ?? []].flat());
      return { ...found, isEmulated: deployed.isEmulated ?? false, probes };
    },
    evaluate({ before, counts, differences, isEmulated = false, probes = [] }, expected) {
      const unread = differences.filter(({ change }) => change === 'unknown');
      const others = differences.filter((one) => isUnannounced(one) && one.change !== 'unknown');
      const announced = differences.filter((one) => !isUnannounced(one));
      const compared = before
        ? `as on ${before.takenAt}: ${inWords(counts)}${announced.map(({ text, announced: by }) => `; announced by ${by}: ${text}`).join('')}`
        : 'no snapshot of before the first deployment';
      const wrong = [...others.map(({ text }) => text), ...probes.flatMap((probed) => probed.wrong)];
      const evidence = [compared, ...probes.flatMap((probed) => probed.evidence || [])].join('; ');
      if (wrong.length > 0) return { wrong, evidence };
      const { unknown, ...why } = unknownOf(before !== undefined, unread, isEmulated);
      const named = stageOf(expected).probes ?? {};
      if (why.missingRight === undefined && needs.length > 0 && !needs.some((name) => named[name] !== undefined)) {
        const settings = needs.map((name) => `stages.${expected.stage}.probes.${name}`).join(' or ');
        return { applies: false, wrong, evidence: `${evidence}; ${settings} is not given` };
      }
      const unknowns = [...(unknown ? [unknown] : []), ...probes.flatMap((probed) => probed.unknown ?? [])];
      return {
        wrong,
        evidence,
        ...why,
        ...(unknowns.length > 0 ? { unknown: unknowns.join('; ') } : {}),
      };
    },
  };
}

function unknownOf(
  hasSnapshot: boolean,
  unread: readonly Difference[],
  isEmulated: boolean,
): Pick<Finding, 'unknown' | 'lacking' | 'missingRight'> {
  if (!hasSnapshot)
    return {
      unknown:
        'what existed before is not known: take a snapshot before the first deployment of a stage, with npx projen snapshot',
    };
  if (unread.length === 0) return {};
  const texts = unread.map(({ text }) => text).join('; ');
  const [, missingRight] = /\bneeds ([\w-]+:\w+)/.exec(texts) ?? [];
  if (missingRight !== undefined) return { unknown: texts, missingRight };
  return isEmulated ? { lacking: texts } : { unknown: texts };
}

async function changes({ compared }: VerifiedStage, kinds: readonly string[]): Promise<ObservedChanges> {
  const found = await compared?.();
  if (!found) return { counts: {}, differences: [] };
  const { file, before, comparison } = found;
  const resources = Object.assign({}, ...Object.values(before.services)) as { readonly [kind: string]: object };
  return {
    before: { file, takenAt: before.takenAt },
    counts: Object.fromEntries(kinds.map((kind) => [kind, countOf(resources[kind])])),
    differences: comparison.differences.filter(({ kind }) => kinds.includes(kind)),
  };
}

/** What could not be read has no resources. */
function countOf(resources: object = {}): number {
  return '$unknown' in resources ? 0 : Object.keys(resources).length;
}

function inWords(counts: ObservedChanges['counts']): string {
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  return found.map(([kind, count]) => `${kind} ${count}`).join(', ') || 'there was nothing of it';
}
