import { SECRET_KEYS, type VerifyAnswer } from '@user-metrics/umami-db/verification';
import { databaseFacts } from '../../account/database-function';
import { stageOf } from '../../account/deployed-stage';
import type { Criterion } from '../criterion';

/** `1.2.AC3`: the secret has all keys, and a client signs in with it over TLS. */
export const secret: Criterion<Pick<VerifyAnswer, 'secret' | 'databaseRoles'>> = {
  id: '1.2.AC3',
  observe: databaseFacts,
  evaluate({ secret: { keys, username, differing, tls, failure }, databaseRoles }, expected) {
    const { umamiAdministrator, adopt, passwordVersion } = stageOf(expected).database;
    const wanted = [
      ...SECRET_KEYS,
      // An administrator that was adopted keeps a password that nobody can read.
      ...(umamiAdministrator === 'none' || adopt ? [] : ['UMAMI_ADMIN_PASSWORD']),
      ...(passwordVersion === undefined ? [] : ['passwordVersion']),
    ];
    const isOurs = databaseRoles.some(({ name }) => name === username);
    return {
      wrong: [
        ...wanted.filter((key) => !keys.includes(key)).map((key) => `the secret lacks ${key}`),
        ...(username === null || isOurs ? [] : [`the secret names database role ${username}, which is not of Umami`]),
        ...differing.map((key) => `${key} differs from the other values of the secret`),
        ...(failure === null ? [] : [failure]),
        ...(failure === null && tls === null ? ['nobody signed in over TLS with the secret'] : []),
      ],
      evidence: `${keys.join(', ')}; ${username} signed in with it over ${tls}`,
    };
  },
};
