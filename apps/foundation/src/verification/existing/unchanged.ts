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
  /** What the health probe gave. @default - the configuration names none, or the criterion needs none */
  readonly probe?: ObservedProbe | undefined;
}

/**
 * What existed before the first deployment is as it was, but for what the configuration announces.
 *
 * @param kinds kinds of the snapshot
 * @param needs health probe that the configuration may name for it
 */
export function unchanged(id: CriterionId, kinds: readonly string[], needs?: ProbeName): Criterion<ObservedChanges> {
  return {
    id,
    async observe(deployed) {
      const found = await changes(deployed, kinds);
      return { ...found, isEmulated: deployed.isEmulated ?? false, probe: needs && (await probe(deployed, needs)) };
    },
    evaluate({ before, counts, differences, isEmulated = false, probe: probed }, expected) {
      const unread = differences.filter(({ change }) => change === 'unknown');
      const others = differences.filter((one) => isUnannounced(one) && one.change !== 'unknown');
      const announced = differences.filter((one) => !isUnannounced(one));
      const compared = before
        ? `as on ${before.takenAt}: ${inWords(counts)}${announced.map(({ text, announced: by }) => `; announced by ${by}: ${text}`).join('')}`
        : 'no snapshot of before the first deployment';
      const wrong = [...others.map(({ text }) => text), ...(probed?.wrong ?? [])];
      const evidence = [compared, ...(probed ? [probed.evidence] : [])].join('; ');
      if (wrong.length > 0) return { wrong, evidence };
      if (needs && !stageOf(expected).probes?.[needs])
        return {
          applies: false,
          wrong,
          evidence: `${evidence}; stages.${expected.stage}.probes.${needs} is not given`,
        };
      return { wrong, evidence, ...unknownOf(before !== undefined, unread, isEmulated) };
    },
  };
}

function unknownOf(
  hasSnapshot: boolean,
  unread: readonly Difference[],
  isEmulated: boolean,
): Pick<Finding, 'unknown' | 'lacking'> {
  if (!hasSnapshot)
    return {
      unknown:
        'what existed before is not known: take a snapshot before the first deployment of a stage, with npx projen snapshot',
    };
  if (unread.length === 0) return {};
  const texts = unread.map(({ text }) => text).join('; ');
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
