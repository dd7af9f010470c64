import { describe, expect } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import type { Application } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { migrationFiles } from '../prisma/migration-files';
import { stateOf } from '../state';
import { onDifferingReleases, onEveryRelease } from './on-every-release';

const ownLedger = (application: Application) =>
  application.query('select count(*)::int as rows from umami_migrations.migrations');

/** What a start ended with. */
const failure = (application: Application, ...more: [Parameters<typeof startContainer>[1]?]) =>
  startContainer(application, ...more).then(
    (applied) => `applied ${applied.length}`,
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

describe("the start of Umami's container", () => {
  onEveryRelease(
    'of a newer release than the schema fails and changes nothing until the schema is there',
    async (application) => {
      await application.provision({ umamiVersion: '2.20' });
      expect(await startContainer(application, undefined, migrationFiles('2.20'))).toEqual([]);
      const before = await stateOf(application);

      expect(await failure(application)).toContain('permission denied for table _prisma_migrations');
      expect(await stateOf(application)).toEqual(before);
      await application.provision();
      expect(await startContainer(application)).toEqual([]);
    },
  );

  onEveryRelease(
    'migrates by itself where its role owns the tables, and provisioning takes note',
    async (application) => {
      const target = { tablesOwner: 'umami' } as const;
      await application.provision({ ...target, umamiVersion: '2.20' });
      expect(await startContainer(application)).toEqual(
        migrationFiles()
          .slice(13)
          .map(({ name }) => name),
      );

      expect(await application.provision(target)).toMatchObject({ applied: [], present: 26, ahead: [] });
      expect(await describeSchema(await application.administer(), 'umami')).toEqual(umami340);
      expect(await ownLedger(application)).toEqual([{ rows: 26 }]);
      const before = await stateOf(application);
      expect(await application.provision(target)).toMatchObject({ applied: [], present: 26 });
      expect(await startContainer(application)).toEqual([]);
      expect(await stateOf(application)).toEqual(before);
    },
  );

  onDifferingReleases('stops at tables without a ledger (P3005), until they are adopted', async (application) => {
    const container = await migrateByContainer(application, {
      version: '2.15',
      ledger: false,
      madeBy: 'administrator',
    });
    expect(await failure(application, container)).toBe('P3005');

    expect(await application.provision({ adopt: true })).toMatchObject({ applied: { length: 19 }, present: 26 });
    expect(await startContainer(application)).toEqual([]);
    expect(await startContainer(application, container)).toEqual([]);
    expect(await application.query('select name from umami.website')).toEqual([{ name: 'kept' }]);
  });

  onDifferingReleases('stops at a migration that failed (P3009), until it is repaired', async (application) => {
    const container = await migrateByContainer(application, { version: '2.15', madeBy: 'administrator' });
    await application.query(`insert into umami.report
      (report_id, user_id, website_id, type, name, description, parameters)
      select gen_random_uuid(), website_id, website_id, 'utm', 'n', '', '{ window: 60 }' from umami.website`);
    expect(await failure(application, container)).toContain('invalid input syntax for type json');
    expect(await failure(application, container)).toBe('P3009');
    const before = await stateOf(application);
    await expect(application.provision({ adopt: true })).rejects.toThrow(
      'Migration 12_update_report_parameter began in schema umami and did not end',
    );
    expect(await stateOf(application)).toEqual(before);

    await application.query(`update umami.report set parameters = '{ "window": 60 }'`);
    const report = await application.provision({ adopt: true, repair: true });
    expect([report.applied[0], report.present]).toEqual(['12_update_report_parameter', 26]);
    expect(await startContainer(application)).toEqual([]);
    expect(await startContainer(application, container)).toEqual([]);
  });

  onDifferingReleases(
    'stops at a migration whose end was not written (P3009), until it is repaired',
    async (application) => {
      const container = await migrateByContainer(application, { version: '2.18', madeBy: 'administrator' });
      await application.query(`update umami._prisma_migrations set finished_at = null
      where migration_name = '10_add_distinct_id'`);
      expect(await failure(application, container)).toBe('P3009');

      const report = await application.provision({ adopt: true, repair: true });
      expect([report.applied[0], report.present]).toEqual(['11_add_segment', 26]);
      expect(await startContainer(application)).toEqual([]);
    },
  );
});
