import type { CheckId } from '../../report/check';
import type { Account } from '../account';
import type { Aws } from '../aws';
import type { AccountCheck } from '../checks/account-check';
import { clientsAs } from './assume-role';

/** Something that an IAM role tries, in words and as a call. */
export type Attempt = readonly [what: string, call: (aws: Aws) => Promise<unknown>];

/** What a role is for, and what it is not for. */
export interface Rights {
  /** Name of the IAM role. */
  readonly roleName: string;
  readonly may: readonly Attempt[];
  readonly mayNot: readonly Attempt[];
  /** Undoes what was made for the attempts. @default - nothing was */
  readonly undo?: () => Promise<unknown>;
}

/** A check that assumes a role and tries all of it. */
export function rightsCheck(id: CheckId, rightsOf: (account: Account) => Promise<Rights>): AccountCheck {
  return {
    id,
    async run(account) {
      const { roleName, may, mayNot, undo = async () => {} } = await rightsOf(account);
      const outcomes = await clientsAs(account, roleName)
        .then((aws) => tryAll(aws, may, mayNot))
        .finally(undo);
      const does = may.map(([what]) => what).join(', ') || 'nothing';
      return {
        wrong: wrongOutcomes(outcomes),
        evidence: `does: ${does}; refused: ${mayNot.map(([what]) => what).join(', ')}`,
      };
    },
  };
}

/** What came of an attempt. */
export interface Outcome {
  readonly what: string;
  /** Whether the role is for it. */
  readonly isAllowed: boolean;
  /** @default - it succeeded */
  readonly error?: Error | undefined;
}

async function tryAll(aws: Aws, may: readonly Attempt[], mayNot: readonly Attempt[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [what, call] of may) outcomes.push({ what, isAllowed: true, error: await errorOf(call(aws)) });
  for (const [what, call] of mayNot) outcomes.push({ what, isAllowed: false, error: await errorOf(call(aws)) });
  return outcomes;
}

/** What is wrong with the outcomes; an error that is no refusal shows nothing. */
export function wrongOutcomes(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ what, isAllowed, error }) => {
    if (isAllowed) return error ? [`it cannot ${what}: ${error.message}`] : [];
    if (!error) return [`it can ${what}`];
    return isRefusal(error) ? [] : [`whether it can ${what} is not known: ${error.name} ${error.message}`];
  });
}

async function errorOf(call: Promise<unknown>): Promise<Error | undefined> {
  return call.then(
    () => undefined,
    (error: Error) => error,
  );
}

/** Each service has its own name for "not authorized". */
function isRefusal({ name }: Error): boolean {
  return /^(AccessDenied|UnauthorizedOperation|AuthorizationError)/.test(name);
}
