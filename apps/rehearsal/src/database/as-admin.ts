import type { Client } from 'pg';
import { type RehearsalContext, required } from '../context';
import type { Ours } from './snapshot';

/** Does something as the administrator of the database. */
export async function withAdmin<T>(context: RehearsalContext, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = await required(context, 'application').connectAdmin();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** Names of what the foundation makes in the database. */
export function oursOf(context: RehearsalContext): Ours {
  const { Schema } = required(context, 'databaseFunction').resourceProperties;
  return { schema: String(Schema), databaseRole: required(context, 'application').databaseRole };
}
