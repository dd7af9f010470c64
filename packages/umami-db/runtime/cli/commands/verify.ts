import { connect } from '../../connection/connect';
import { findRights } from '../../isolation/find-rights';
import { type IsolationReport, verifyIsolation } from '../../isolation/verify-isolation';
import type { Plan } from '../../provision/plan';
import { parseSecretValue } from '../../secret/secret-value';
import { look } from '../look';
import type { Flags } from '../options';
import { Output } from '../output';
import { hasStore, type Session, storeOf, withSession } from '../session';
import { inWords } from '../words';

/** Exit code of a check that found something. */
const FOUND = 3;

export async function verifyCommand(flags: Flags): Promise<number> {
  return withSession(flags, async (session) => {
    const planned = await look(session, flags);
    const missing = statementsOf(planned);
    const attempted = missing.length === 0 && hasStore(flags) ? await attempt(session, flags) : undefined;
    const reachable = planned.facts.databaseRole ? await findRights(session.client, session.target) : [];
    const isolated = attempted?.isolated ?? !reachable.some(({ fails }) => fails);
    const holds = missing.length === 0 && isolated;
    const tried = attempted && summaryOf(attempted);
    new Output(flags.json ?? false).result(
      {
        holds,
        missing,
        reachable,
        attempts: attempted?.attempts ?? null,
        signIn: hasStore(flags) ? 'tried' : 'not tried',
      },
      [
        ...missing.map((sql) => `missing: ${sql.split('\n')[0]}`),
        ...reachable.map((finding) => `${finding.fails ? 'must be closed' : 'reachable'}: ${inWords(finding)}`),
        ...(tried ? [tried] : []),
        holds
          ? 'Everything is as it should be.'
          : 'It is not as it should be. `umami-db script` prints what is missing.',
        ...(hasStore(flags) ? [] : ['Signing in was not tried: give --secret or --secret-file.']),
      ],
    );
    return holds ? 0 : FOUND;
  });
}

/** Signs in as the database role and tries every way out of the schema. */
async function attempt({ server, target }: Session, flags: Flags): Promise<IsolationReport> {
  const { password } = parseSecretValue(await storeOf(flags).read('AWSCURRENT'));
  const signedIn = (database: string) =>
    connect({ ...server, database, user: target.databaseRole, password: password ?? '' }, { retries: 0 });
  const role = await signedIn(target.database);
  try {
    return await verifyIsolation(role, target, async (database) => (await signedIn(database)).end());
  } finally {
    await role.end();
  }
}

function summaryOf({ attempts }: IsolationReport): string {
  const count = (outcome: string) => attempts.filter((one) => one.outcome === outcome).length;
  return `${attempts.length} ways out were tried as the database role: ${count('blocked')} blocked, ${count('allowed')} allowed, ${count('not tried')} not tried (--json shows each).`;
}

function statementsOf({ sections }: Plan): string[] {
  return sections.flatMap(({ statements }) => statements.map(({ sql }) => sql.trim()));
}
