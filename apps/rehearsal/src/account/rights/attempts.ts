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
    async look(account) {
      const { roleName, may, mayNot, undo = async () => {} } = await rightsOf(account);
      const wrong = await clientsAs(account, roleName)
        .then((aws) => tryAll(aws, may, mayNot))
        .finally(undo);
      const does = may.map(([what]) => what).join(', ') || 'nothing';
      return { wrong, evidence: `does: ${does}; refused: ${mayNot.map(([what]) => what).join(', ')}` };
    },
  };
}

async function tryAll(aws: Aws, may: readonly Attempt[], mayNot: readonly Attempt[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [what, call] of may) {
    const error = await errorOf(call(aws));
    if (error) wrong.push(`it cannot ${what}: ${error.message}`);
  }
  for (const [what, call] of mayNot) {
    const error = await errorOf(call(aws));
    if (!error) wrong.push(`it can ${what}`);
    else if (!isRefusal(error)) wrong.push(`whether it can ${what} is not known: ${error.name} ${error.message}`);
  }
  return wrong;
}

/** Name of an IAM role in its ARN. */
export function nameInArn(arn: string): string {
  return arn.split('/').at(-1) ?? '';
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
