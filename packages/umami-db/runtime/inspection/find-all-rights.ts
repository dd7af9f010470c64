import type { ClientBase } from 'pg';
import { findRights } from '../isolation/find-rights';
import type { Finding } from '../isolation/finding';
import type { Target } from '../target/target';
import { eachView } from './alternation';
import type { Inspection } from './facts';

/** What Umami's database roles can reach; of a second one what it was given itself, for PUBLIC's is the same. */
export async function findAllRights(client: ClientBase, target: Target, facts: Inspection): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const view of eachView({ target, facts })) {
    const rights = view.facts.databaseRole ? await findRights(client, view.target) : [];
    found.push(...(view.target === target ? rights : rights.filter(({ fails }) => fails)));
  }
  return found;
}
