import type { ClientBase } from 'pg';
import { eachView, type View, withFoundRole } from '../inspection/alternation';
import { name } from '../sql/identifiers';
import { ProvisionError } from '../target/provision-error';
import { connectionsOf, requireNothingElsewhere } from './drop-role';

/**
 * The second database role, where there is to be one only.
 *
 * @throws ProvisionError when it has connections, or something outside of the schema
 */
export async function superfluousRole(client: ClientBase, { target, facts }: View): Promise<View | undefined> {
  if (target.otherDatabaseRole !== undefined) return undefined;
  const [, view] = eachView({ target: withFoundRole(target, facts), facts });
  if (!view) return undefined;
  const [elsewhere] = facts.otherDatabaseRole?.otherDatabases ?? [];
  const role = name(view.target.databaseRole);
  if (elsewhere !== undefined)
    throw new ProvisionError(
      `Database role ${view.target.databaseRole} cannot be dropped: it has rights in database ${elsewhere} too. Nothing was changed. Run there as an administrator: drop owned by ${role}; and then try again.`,
    );
  await requireNothingElsewhere(client, view.target);
  const count = await connectionsOf(client, view.target.databaseRole, true);
  if (count > 0)
    throw new ProvisionError(
      `Database role ${view.target.databaseRole} has ${count} open connections of tasks that were started before the last rotation. Nothing was changed. Restart Umami's tasks first: they then sign in as ${target.databaseRole}.`,
    );
  return view;
}
