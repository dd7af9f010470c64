import type { VerifyAnswer } from '@user-metrics/umami-db/verification';
import { databaseFacts } from '../../account/database-function';
import { stageOf } from '../../account/deployed-stage';
import type { Criterion } from '../criterion';

/** `1.2.AC2`: the database role exists, is nothing more than a user of the schema, and lacks no privilege in it. */
export const databaseRole: Criterion<Pick<VerifyAnswer, 'databaseRoles' | 'missing' | 'isolation'>> = {
  id: '1.2.AC2',
  observe: databaseFacts,
  evaluate({ databaseRoles, missing, isolation: { rights } }, expected) {
    const { databaseRole: wanted, schema } = stageOf(expected).database;
    const own = rights.filter(({ fails }) => fails);
    return {
      wrong: [
        ...(databaseRoles.some(({ name }) => name === wanted) ? [] : [`there is no database role ${wanted}`]),
        ...databaseRoles.flatMap(({ name, powerful, memberOf, canLogin, connectionLimit, settings }) => [
          ...(canLogin ? [] : [`${name} may not sign in`]),
          ...(powerful
            ? [`${name} is a superuser, or may create roles or databases, replicate or bypass row security`]
            : []),
          ...memberOf.map((role) => `${name} is a member of ${role}`),
          ...(connectionLimit >= 0 ? [] : [`${name} has no connection limit`]),
          ...(settings.some((setting) => /^search_path=/.test(setting)) ? [] : [`${name} has no search_path`]),
        ]),
        ...own.map(({ object, privileges, via }) => `${privileges} on ${object}, granted to ${via}`),
        ...missing.filter((change) => !isMigration(change)).map((change) => `missing: ${change}`),
      ],
      evidence: databaseRoles
        .map(
          ({ name, connectionLimit, settings }) =>
            `${name}: privileges in schema ${schema} only, member of no database role, at most ${connectionLimit} connections, ${settings.join(', ')}`,
        )
        .join('; '),
    };
  },
};

/** A change of what is planned that is a migration: `1.2.AC6` tells of these. */
function isMigration(change: string): boolean {
  return change.startsWith('migration ');
}
