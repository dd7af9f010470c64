import type { VerifyAnswer } from '@user-metrics/umami-db/verification';
import { databaseFacts } from '../../account/database-function';
import type { Criterion } from '../criterion';

/** `1.2.AC4`: the catalog gives the database role nothing outside of its schema, and PostgreSQL refuses what it tries. */
export const isolation: Criterion<Pick<VerifyAnswer, 'isolation'>> = {
  id: '1.2.AC4',
  observe: databaseFacts,
  evaluate({ isolation: { rights, rightCount, failingCount, attempts, unexpected } }) {
    const failing = rights.filter(({ fails }) => fails);
    const more = failingCount - failing.length;
    const open = rightCount - failingCount;
    return {
      wrong: [
        ...failing.map(({ object, privileges, via }) => `${privileges} on ${object}, granted to ${via}`),
        ...(more > 0 ? [`${more} more rights outside of the schema`] : []),
        ...unexpected,
        ...(attempts === null ? ['nothing was tried: the database role could not sign in'] : []),
      ],
      evidence:
        `${attempts?.blocked ?? 0} attempts as the database role were refused; ${open} rights that PUBLIC has` +
        (open > 0 ? `: ${openRights(rights)}` : ''),
    };
  },
};

/** Of what everybody may, as many as fit a line. */
function openRights(rights: VerifyAnswer['isolation']['rights']): string {
  const open = rights.filter(({ fails }) => !fails).map(({ object, privileges }) => `${privileges} on ${object}`);
  return [...open.slice(0, 5), ...(open.length > 5 ? ['…'] : [])].join(', ');
}
