import type { VerifyAnswer } from '@user-metrics/umami-db/verification';
import { databaseFacts } from '../../account/database-function';
import type { Criterion } from '../criterion';

/** `1.2.IV2`: Umami can take only its own share of the connections, and no session of others waits for one of Umami. */
export const connections: Criterion<Pick<VerifyAnswer, 'connections' | 'databaseRoles'>> = {
  id: '1.2.IV2',
  observe: databaseFacts,
  evaluate({ connections: { available, used, usedByUmami, blockedByUmami }, databaseRoles }) {
    const limits = databaseRoles.map(({ connectionLimit }) => connectionLimit);
    const limit = limits.reduce((sum, one) => sum + one, 0);
    const unlimited = databaseRoles.filter(({ connectionLimit }) => connectionLimit < 0);
    const others = used - usedByUmami;
    return {
      wrong: [
        ...unlimited.map(({ name }) => `${name} may take all connections`),
        ...(unlimited.length === 0 && others + limit > available
          ? [`${others} connections of others and ${limit} of Umami are more than the ${available} of the server`]
          : []),
        ...(blockedByUmami === 0 ? [] : [`${blockedByUmami} sessions of others wait for a lock of Umami`]),
      ],
      evidence: `${others} connections of others and ${usedByUmami} of Umami, which may take ${limit}, of ${available}; no session waits for Umami`,
    };
  },
};
