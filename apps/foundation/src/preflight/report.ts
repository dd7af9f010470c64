import { stripVTControlCharacters, styleText } from 'node:util';
import { z } from 'zod';
import { type Finding, STATES, type State } from './check';

/** What `preflight --json` prints. */
export const preflightReport = z.object({
  account: z.string().describe('Id of the AWS account'),
  region: z.string(),
  stage: z.string(),
  findings: z.array(
    z.object({
      id: z.string().describe('Topic and name of the check, such as network.block'),
      title: z.string(),
      state: z.enum(STATES).describe('unknown: what may not be read'),
      found: z.string(),
      fix: z.string().optional().describe('How to fix it, as a command where there is one'),
    }),
  ),
});

export type PreflightReport = z.infer<typeof preflightReport>;

const TOPICS: { readonly [topic: string]: string } = {
  account: 'Account',
  network: 'Network',
  reachability: 'Reachability',
  database: 'Database',
  stacks: 'Stacks',
  cost: 'Cost',
};

const COLOURS = { failure: 'red', warning: 'yellow', unknown: 'magenta', ok: 'green' } as const;

/** Lines of a terminal; rows that are not ok have three each, and more than ten nobody fixes at once. */
const LINES = 40;
const SHOWN = 10;

/** The findings for a terminal: what is not ok with its fix, then what is ok, in one line for each topic where the place is short. */
export function renderPreflight({ account, region, stage, findings }: PreflightReport, isColoured: boolean): string {
  const inState = (state: State) => findings.filter((finding) => finding.state === state);
  const bad = STATES.filter((state) => state !== 'ok').flatMap(inState);
  const rows = bad.slice(0, SHOWN).flatMap(rowOf);
  const hidden = bad.length - SHOWN;
  const good = inState('ok').map(({ id, title, found }) => `${coloured('ok')}${topicOf(id)}: ${title}: ${found}`);
  const counts = STATES.map((state) => `${inState(state).length} ${state}`);
  const text = [
    `Preflight of stage ${stage} in account ${account}, ${region}`,
    ...rows,
    ...(hidden > 0 ? [`${hidden} more rows: --json prints all`] : []),
    ...(rows.length + good.length + 3 <= LINES
      ? good
      : Object.values(TOPICS).flatMap((topic) => inOneLine(topic, good))),
    counts.join(', '),
  ].join('\n');
  return isColoured ? text : stripVTControlCharacters(text);
}

function rowOf({ state, id, title, found, fix }: Finding): string[] {
  return [`${coloured(state)}${topicOf(id)}: ${title}`, `         ${found}`, ...(fix ? [`         fix: ${fix}`] : [])];
}

function inOneLine(topic: string, good: readonly string[]): string[] {
  const count = good.filter((line) => stripVTControlCharacters(line).slice(9).startsWith(`${topic}: `)).length;
  return count === 0 ? [] : [`${coloured('ok')}${topic}: ${count} ${count === 1 ? 'check' : 'checks'}`];
}

function topicOf(id: string): string {
  return TOPICS[id.split('.')[0] ?? ''] ?? id;
}

function coloured(state: State): string {
  return styleText(COLOURS[state], state.padEnd(9), { validateStream: false });
}
