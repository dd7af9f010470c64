import { accessLost } from '../account/access-lost';
import { mapBounded } from '../account/bounded';
import type { Clients } from '../account/clients';
import { missingRight } from '../account/missing-right';
import { recordedClients } from '../account/recorded-clients';
import { type AskedStage, type Check, type Finding, MissingRights, type PlannedStage } from './check';
import { CHECKS } from './index';

/**
 * Checks whether a deployment would succeed and be safe. Changes nothing.
 *
 * @param onProgress gets the title of each check when it is done, and how many there are
 * @returns at least one finding for each check that the configuration needs, in the order of the checks
 * @throws CommandError when the credentials stop working
 */
export async function preflight(
  planned: PlannedStage,
  onProgress: (title: string, count: number) => void = () => {},
): Promise<readonly Finding[]> {
  const stage = asked(planned);
  const checks = CHECKS.filter(({ applies }) => applies?.(planned) ?? true);
  const findings = await mapBounded(checks, async (check) => {
    const found = await findingsOf(check, stage);
    onProgress(check.title, checks.length);
    return found;
  });
  return findings.flat();
}

async function findingsOf(check: Check, stage: AskedStage): Promise<Finding[]> {
  const { id, title } = check;
  try {
    const outcomes = check.evaluate(await check.observe(stage), stage);
    return outcomes.map((outcome) => ({ id, title, ...outcome }));
  } catch (error) {
    const lost = accessLost('preflight', error);
    if (lost) throw lost;
    return [{ id, title, state: 'unknown', ...unread(error) }];
  }
}

function unread(error: unknown): Pick<Finding, 'found' | 'fix'> {
  const right = missingRight(error);
  const rights = error instanceof MissingRights ? error.actions : right ? [right] : [];
  if (rights.length === 0) return { found: `Could not be read: ${(error as Error).message}`, fix: 'Run it again' };
  const fix = 'Allow it with apps/foundation/policies/read-only.json: see docs/permissions.md';
  return { found: `Could not be read: ${rights.join(', ')} is not allowed`, fix };
}

/** The stage with clients for each Region, and with a memory for what several checks read. */
function asked(planned: PlannedStage): AskedStage {
  const clients = new Map<string, Clients>();
  const awsIn = (region: string) => {
    const known = clients.get(region) ?? recordedClients(region);
    clients.set(region, known);
    return known;
  };
  const read = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, reading: () => Promise<T>): Promise<T> => {
    const known = (read.get(name) as Promise<T> | undefined) ?? reading();
    read.set(name, known);
    return known;
  };
  return { ...planned, aws: awsIn(planned.region), awsIn, once };
}
