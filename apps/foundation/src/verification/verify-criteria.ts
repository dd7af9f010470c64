import { mapBounded } from '../account/bounded';
import type { Check, Sections } from '../report/check';
import { VERIFIED_CRITERIA } from './all';
import { CRITERIA } from './criteria';
import type { Criterion } from './criterion';
import { REQUIREMENT_TEXTS } from './requirement-texts';
import type { VerifiedStage } from './verified-stage';
import { type Verified, verify } from './verify';

/** Alerts are no criterion; whether they say what they should is checked all the same. */
const FURTHER = {
  Alerts: {
    'work.inactive-budget-tags':
      'An alarm says until the first cost that the tags of the budget are not known to be active',
  },
};

/** Titles by id, by story. */
export const VERIFIED_SECTIONS: Sections = { ...CRITERIA, ...FURTHER };

/** Criteria that are read at the same time; each makes its calls a few at a time. */
const AT_ONCE = 4;

/** The ids that a filter means, such as `1.3`, `1.3.AC2`; all without one. */
export function idsOf(only: string | undefined): string[] {
  const ids = Object.values(VERIFIED_SECTIONS).flatMap((titles) => Object.keys(titles));
  return ids.filter((id) => only === undefined || id === only || id.startsWith(`${only}.`));
}

/**
 * Verifies criteria of a stage, in the order of the stories.
 *
 * @param onDone gets each check as it is done
 * @throws CommandError when the credentials work no more
 */
export async function verifyCriteria(
  deployed: VerifiedStage,
  ids: readonly string[],
  onDone: (check: Check) => void = () => {},
  criteria: readonly Criterion[] = VERIFIED_CRITERIA,
): Promise<Check[]> {
  return mapBounded(
    ids,
    async (id) => {
      const criterion = criteria.find((one) => one.id === id);
      if (!criterion) throw new Error(`There is no check of ${id}.`);
      const check = checkOf(await verify(criterion, deployed));
      onDone(check);
      return check;
    },
    AT_ONCE,
  );
}

function checkOf({
  id,
  state: status,
  wrong,
  unknown,
  lacking,
  waitsFor,
  evidence,
  facts,
  asked,
  missingRight,
}: Verified): Check {
  const said = {
    fail: wrong,
    unknown: [unknown, evidence],
    'cannot be rehearsed': [`the emulator lacks it: ${lacking}`, evidence],
    waiting: [`waits for ${waitsFor}`, evidence],
  };
  const texts = Object.entries(said).find(([state]) => state === status)?.[1] ?? [evidence];
  const check = { ...describe(id), status, evidence: texts.filter(Boolean).join('; '), facts: asJson(facts), asked };
  return missingRight === undefined ? check : { ...check, missingRight };
}

function describe(id: string): Pick<Check, 'id' | 'title' | 'text'> {
  const titles = Object.assign({}, ...Object.values(VERIFIED_SECTIONS)) as { readonly [id: string]: string };
  const text = (REQUIREMENT_TEXTS as { readonly [id: string]: string })[id];
  return { id, title: titles[id] ?? id, ...(text === undefined ? {} : { text }) };
}

/** What JSON keeps of it: no `undefined`, and times as text. */
function asJson(facts: unknown): unknown {
  return facts === undefined ? undefined : JSON.parse(JSON.stringify(facts));
}
