import { expect } from 'vitest';
import { snapshotDifferences } from '../../../runtime/verification';
import { takeDatabaseSnapshot } from '../../../runtime/verification/snapshot';
import { verifyAnswer } from '../../../runtime/verification/verify';
import { onEveryRelease } from './on-every-release';

onEveryRelease(
  'the SQL of the verification function reads the catalog of each release',
  async (application, version) => {
    await application.provision();
    const { target, administrator } = application;
    const client = await application.administer();
    const before = await takeDatabaseSnapshot(client, target);
    expect(before).toMatchObject({
      server: expect.stringMatching(new RegExp(`^${String(version).split('.')[0]}\\.`)),
      schemas: { app: { counts: { table: 1 } } },
      umami: { schemas: { umami: { counts: { table: 27 } } } },
    });
    expect(await takeDatabaseSnapshot(client, target)).toEqual(before);
    await application.query('alter table app.orders add column more int; grant select on app.orders to public');
    expect(snapshotDifferences(before, await takeDatabaseSnapshot(client, target))).toEqual([
      'changed: table orders in schema app',
    ]);
    const now = await takeDatabaseSnapshot(client, target);
    const other = { schema: 'umami_other', databaseRole: `${target.databaseRole}_other` };
    await application.provision({ ...other, owner: { name: 'Stack/other', id: 'umami-2' } });
    expect(await takeDatabaseSnapshot(client, target)).toEqual(now);
    await application.query(`comment on role ${other.databaseRole} is 'of somebody else'`);
    expect(snapshotDifferences(now, await takeDatabaseSnapshot(client, target))).toContain(
      `new: database role ${other.databaseRole}`,
    );
    const answer = await verifyAnswer({ client, target, server: administrator, administrator: 'generated' });
    expect(answer).toMatchObject({ missing: [], problems: [], tables: { tables: 27, wrong: [] } });
    expect(answer.connections.available).toBeGreaterThan(0);
  },
);
