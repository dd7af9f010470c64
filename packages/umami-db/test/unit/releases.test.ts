import { expect, test } from 'vitest';
import { largeTables } from '../../runtime/migrations/effects';
import { migrations, statementsOf } from '../../runtime/migrations/index';
import { migrationsOf, releaseWith } from '../../runtime/migrations/releases';

test.each([
  ['2.0', '01_init', 1],
  ['2.2.0', '01_init', 1],
  ['2.4', '02_report_schema_session_data', 2],
  ['2.9', '03_metric_performance_index', 3],
  ['v2.10.2', '04_team_redesign', 4],
  ['2.11.1', '05_add_visit_id', 5],
  ['2.11', '06_session_data', 6],
  ['2.13', '06_session_data', 6],
  ['2.17.0', '07_add_tag', 7],
  ['2.18', '10_add_distinct_id', 10],
  ['2.20.2', '13_add_revenue', 13],
  ['3.0.3', '14_add_link_and_pixel', 14],
  ['3.1.0', '19_add_session_replay', 19],
  ['3.2.0', '20_add_heatmap', 20],
  ['3.3.0', '23_update_session_data', 23],
  ['3.3', '24_lowercase_username', 24],
  ['3.4.1', '26_add_api_key', 26],
  ['16_boards', '16_boards', 16],
])('Umami %s has the migrations up to %s', (version, last, count) => {
  expect(
    migrationsOf(version)
      .map(({ name }) => name)
      .at(-1),
  ).toBe(last);
  expect(migrationsOf(version)).toHaveLength(count);
});

test.each(['1.40', '2.21', '3.5', '4.0', '3', 'latest', '', '27_of_the_future'])('there is no Umami %j', (version) => {
  expect(() => migrationsOf(version)).toThrow(`got: ${version}. The newest migration is 26_add_api_key.`);
});

test('all migrations are those of the newest release', () => {
  expect(migrationsOf()).toBe(migrations);
  expect([1, 5, 13, 19, 23, 26].map(releaseWith)).toEqual(['2.0', '2.11', '2.19', '3.1', '3.3', '3.4']);
});

test('the large tables are those that a migration updates or indexes', () => {
  const large = ['website_event', 'event_data', 'session', 'session_data'];
  const touched = new Map<string, Set<string>>();
  for (const { sql, migration } of migrations.flatMap((one) =>
    statementsOf(one, {}).map((sql) => ({ sql, migration: one.name })),
  )) {
    const [, table = ''] = /^\s*(?:WITH[\s\S]*)?(?:UPDATE|CREATE (?:UNIQUE )?INDEX \S+ ON) "?(\w+)"?/m.exec(sql) ?? [];
    if (!large.includes(table)) continue;
    touched.set(migration, (touched.get(migration) ?? new Set()).add(table));
  }
  // In an empty schema the first one rewrites nothing; tables that a migration makes itself are empty as well.
  touched.delete('01_init');
  const known = migrations.map(({ name }) => name).filter((name) => largeTables(name).length > 0);
  expect([...touched.keys()]).toEqual(known);
});
