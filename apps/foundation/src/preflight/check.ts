import type { Clients } from '../account/clients';
import type { ExpectedStage } from '../account/deployed-stage';
import type { Template } from '../account/template';

/** A stack as it is synthesised. */
export interface PlannedStack {
  readonly name: string;
  readonly region: string;
  /** Version of the bootstrap stack that it needs. */
  readonly bootstrapVersion: number;
  readonly template: Template;
}

/** A stage that is to be deployed: the configuration, and the stacks that it gives. */
export interface PlannedStage extends ExpectedStage {
  /** Region of the account's cost stacks. */
  readonly costRegion: string;
  /** Qualifier of the account's bootstrap. */
  readonly qualifier: string;
  readonly stacks: readonly PlannedStack[];
}

/** The same with the clients of the account. */
export interface AskedStage extends PlannedStage {
  /** Clients in the Region of the stage. */
  readonly aws: Clients;
  /** Clients in another Region of the account. */
  awsIn(region: string): Clients;
  /** Gives what was read under a name, and reads it once. */
  once<T>(name: string, read: () => Promise<T>): Promise<T>;
}

/** Worst first; `unknown` is what may not be read. */
export const STATES = ['failure', 'warning', 'unknown', 'ok'] as const;
export type State = (typeof STATES)[number];

/** One thing that a check says. */
export interface Outcome {
  readonly state: Exclude<State, 'unknown'>;
  /** What was found. */
  readonly found: string;
  /** How to fix it, a command where there is one; none for `ok`. */
  readonly fix?: string;
}

/** One thing to know before a deployment. */
export interface Finding extends Omit<Outcome, 'state'> {
  /** Topic and name of the check, such as `network.block`. */
  readonly id: string;
  readonly title: string;
  readonly state: State;
}

/** A check: what it reads, and what it makes of it. */
export interface Check<Observed = unknown> {
  readonly id: string;
  readonly title: string;
  /** Whether the configuration has what is checked. @default - always */
  applies?(planned: PlannedStage): boolean;
  /** Reads facts from the account. */
  observe(stage: AskedStage): Promise<Observed>;
  /** Compares the facts with what is planned; calls nothing. */
  evaluate(observed: Observed, planned: PlannedStage): readonly Outcome[];
}

/** Rights that were missing for what a check reads, where reading goes on without them. */
export class MissingRights extends Error {
  constructor(readonly actions: readonly string[]) {
    super(`not allowed: ${actions.join(', ')}`);
  }
}

export const ok = (found: string): Outcome => ({ state: 'ok', found });
export const warning = (found: string, fix: string): Outcome => ({ state: 'warning', found, fix });
export const failure = (found: string, fix: string): Outcome => ({ state: 'failure', found, fix });

/** What is wrong, or else that all is well. */
export function unlessWrong(wrong: readonly Outcome[], found: string): readonly Outcome[] {
  return wrong.length > 0 ? wrong : [ok(found)];
}

/** An answer of EC2 or RDS, or nothing where there is no such resource. */
export async function orNone<T extends object>(answer: Promise<T>): Promise<Partial<T>> {
  return answer.catch((error: Error) => {
    if (/NotFound|Malformed|NoSuchEntity/.test(error.name)) return {};
    throw error;
  });
}
