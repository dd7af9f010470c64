import { applySetting, resetSetting, roleSettings, setConnectionLimit } from '../sql/database-role';
import { grantConnect } from '../sql/privileges';
import type { Planning } from './planning';
import { type Statement, statements } from './statement';

/** The right to connect, the limit of connections and the settings of the database role in this database. */
export function planSettings({ target, facts, privileges }: Planning): Statement[] {
  const role = facts.databaseRole;
  const present = new Map((role?.settings ?? []).map((entry) => split(entry)));
  const wanted = roleSettings(target);
  const texts = privileges?.connect || !facts.administrator.grantsConnect ? [] : [grantConnect(target)];
  if (role && role.connectionLimit !== target.limits.connections) texts.push(setConnectionLimit(target));
  for (const [setting, value] of Object.entries(wanted)) {
    const now = present.get(setting);
    if (value === undefined && now !== undefined) texts.push(resetSetting(target, setting));
    if (value !== undefined && unquoted(now) !== unquoted(value)) texts.push(applySetting(target, setting, value));
  }
  return statements(...texts);
}

function split(entry: string): [string, string] {
  const at = entry.indexOf('=');
  return [entry.slice(0, at), entry.slice(at + 1)];
}

/** The server quotes a schema only where it has to. */
function unquoted(value: string | undefined): string | undefined {
  return value?.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value;
}
