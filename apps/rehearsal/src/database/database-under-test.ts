import { type RehearsalContext, required } from '../context';
import type { Checklist } from '../report/checklist';
import type { Application } from './application';
import type { DatabaseServer } from './server';
import type { Ours } from './snapshot';

/** A rehearsal does not wait half a minute for a baseline. */
export const BASELINE_SECONDS = 1;

/** What the checks of the database read: the database, what the foundation created in it, and the secret with its credentials. */
export interface DatabaseUnderTest extends Ours {
  readonly checklist: Checklist;
  readonly server: DatabaseServer;
  readonly application: Application;
  /** Umami's administrator: `generated` or `none`. */
  readonly umamiAdministrator: string;
  /** As the resource gives it; `undefined` when the secret is not to hold one. */
  readonly passwordVersion: string | undefined;
  /** Value of the secret, as somebody with the right to read it would see it. */
  readonly secret: { readonly [key: string]: string };
}

/** What the function created when its bundle from the synthesized cloud assembly ran. */
export function underTest(context: RehearsalContext): DatabaseUnderTest {
  const { resourceProperties, secretArn } = required(context, 'databaseFunction');
  const { UmamiAdministrator, PasswordVersion } = resourceProperties;
  return {
    ...oursOf(context),
    checklist: context.checklist,
    server: required(context, 'server'),
    application: required(context, 'application'),
    umamiAdministrator: String(UmamiAdministrator),
    passwordVersion: PasswordVersion === undefined ? undefined : String(PasswordVersion),
    secret: JSON.parse(required(context, 'secrets').values.get(secretArn) ?? '{}'),
  };
}

/** Names of what the function makes in the database. */
export function oursOf(context: RehearsalContext): Ours {
  const { Schema } = required(context, 'databaseFunction').resourceProperties;
  return { schema: String(Schema), databaseRole: required(context, 'application').databaseRole };
}
