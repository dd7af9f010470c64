import { withFoundRole } from '../inspection/alternation';
import type { FoundRole, Inspection } from '../inspection/facts';
import { asOwned } from '../inspection/ownership';
import { secondDatabaseRole } from '../target/names';
import { DEFAULT_LIMITS, type Target } from '../target/target';
import type { Flags } from './options';

export function namedTarget(flags: Flags, database: string): Target {
  return {
    database,
    schema: flags.schema,
    databaseRole: flags.databaseRole,
    otherDatabaseRole: flags.alternatingDatabaseRoles ? secondDatabaseRole(flags.databaseRole) : undefined,
    owner: { name: flags.owner, id: flags.owner },
    limits: DEFAULT_LIMITS,
    adopt: flags.adopt,
    repair: flags.repair,
    allowOtherEncoding: flags.allowOtherEncoding,
    bridge: flags.bridge,
    further: flags.migrations,
    umamiVersion: flags.umamiVersion,
  };
}

/**
 * The same with what the options leave open: as it is in the database, for a command without options must not undo what
 * another one, or CloudFormation, has set.
 */
export function targetOf(flags: Flags, wanted: Target, found: Inspection): Target {
  const { schema, databaseRole } = found;
  const named = flags.alternatingDatabaseRoles === undefined ? withFoundRole(wanted, found) : wanted;
  const role = databaseRole?.ownership ? databaseRole : undefined;
  const isOwner = role !== undefined && schema?.ownership !== undefined && schema.owner === named.databaseRole;
  const { connections, statementSeconds, idleInTransactionSeconds } = named.limits;
  return {
    ...asOwned(named, found),
    limits: {
      connections: flags.connectionLimit ?? (role && role.connectionLimit > 0 ? role.connectionLimit : connections),
      statementSeconds: flags.statementSeconds ?? secondsOf(role, 'statement_timeout') ?? statementSeconds,
      idleInTransactionSeconds:
        flags.idleSeconds ?? secondsOf(role, 'idle_in_transaction_session_timeout') ?? idleInTransactionSeconds,
    },
    tablesOwner: flags.tablesOwner ?? (isOwner ? 'umami' : 'administrator'),
  };
}

/** A setting as it is written here; anything else is not from here. */
function secondsOf(role: FoundRole | undefined, setting: string): number | undefined {
  const entry = role?.settings.find((text) => text.startsWith(`${setting}=`));
  const [, seconds] = /=([1-9]\d{0,5})s$/.exec(entry ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
