import { describe, expect } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { type Application, makeApplication } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { serverOf } from '../server';
import { stateOf } from '../state';
import { onDifferingReleases, onEveryRelease } from './on-every-release';

describe('a release of Umami', () => {
  onEveryRelease('is where the migrations stop; they go on later, and never back', async (application, version) => {
    const tables = async ({ administer }: Application) => (await describeSchema(await administer(), 'umami')).tables;
    expect(await application.provision({ umamiVersion: '2.20' })).toMatchObject({ present: 13, ahead: [] });
    const other = await makeApplication(serverOf(version));
    await migrateByContainer(other, { version: '2.20' });
    expect(await tables(application)).toEqual(await tables(other));
    await other.close();

    expect((await application.provision({ umamiVersion: '3.4' })).applied).toHaveLength(13);
    expect(await tables(application)).toEqual(umami340.tables);
    const before = await stateOf(application);
    await expect(application.provision({ umamiVersion: '2.20' }, { refuseAhead: true })).rejects.toThrow(
      'Schema umami is beyond Umami 2.20: it has 14_add_link_and_pixel, 15_add_share',
    );
    expect(await application.provision({ umamiVersion: '2.20' })).toMatchObject({ applied: [], ahead: { length: 13 } });
    expect(await stateOf(application)).toEqual(before);
  });

  onDifferingReleases('that is not known yet is left as it is, reported, and starts', async (application) => {
    await application.provision();
    await application.query(`create table umami.of_the_future ();
      alter table umami.of_the_future owner to ${application.administrator.user};
      grant select, insert, update, delete on umami.of_the_future to ${application.target.databaseRole};
      insert into umami._prisma_migrations (id, checksum, migration_name, finished_at)
      values ('x', 'x', '27_of_the_future', now())`);
    const before = await stateOf(application);

    expect(await application.provision()).toMatchObject({ applied: [], present: 27, ahead: ['27_of_the_future'] });
    expect(await startContainer(application)).toEqual([]);
    expect(await stateOf(application)).toEqual(before);
  });
});
