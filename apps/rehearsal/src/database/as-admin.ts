import type { Client } from 'pg';
import type { Application } from './application';

/** Does something as the administrator of the application's database. */
export async function withAdmin<T>(
  { connectAdmin }: Pick<Application, 'connectAdmin'>,
  work: (admin: Client) => Promise<T>,
): Promise<T> {
  const admin = await connectAdmin();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
