import { POSTGRES_VERSIONS } from '@user-metrics/postgres-server';
import type { ClientBase } from 'pg';
import { describe, expect, test } from 'vitest';
import { POSTGRESQL } from '../../../runtime/connection/releases';
import { checkServer } from '../../../runtime/connection/server';

/** A server that answers the one question with one row. */
function server(row: object | undefined): ClientBase {
  return { query: async () => ({ rows: row ? [row] : [] }) } as unknown as ClientBase;
}

const WRITER = { version: '17.10', number: 170_010, reader: false };

test('warns of a server with fewer free connections than Umami may take', async () => {
  const { warnings } = await checkServer(server({ ...WRITER, free: 29 }), 30);

  expect(warnings).toEqual([
    expect.stringContaining('Only 29 connections of the server are free, and Umami may take 30'),
  ]);
  expect((await checkServer(server({ ...WRITER, free: 30 }), 30)).warnings).toEqual([]);
});

describe('a server', () => {
  test.each([
    { version: '13.0', number: 130_000, majorVersion: 13 },
    { version: '17.10', number: 170_010, majorVersion: 17 },
    { version: '13.21 (Aurora)', number: 130_021, majorVersion: 13 },
    { version: '18beta1', number: 180_000, majorVersion: 18 },
  ])('is taken at release $version', async ({ majorVersion, ...release }) => {
    expect(await checkServer(server({ ...release, reader: false }))).toEqual({
      version: release.version,
      majorVersion,
      warnings: [],
    });
  });

  test.each([
    { version: '12.22', number: 120_022 },
    { version: '9.6.24', number: 90_624 },
  ])('fails at release $version, which is too old', async (release) => {
    await expect(checkServer(server({ ...release, reader: false }))).rejects.toMatchObject({
      name: 'ProvisionError',
      message: `PostgreSQL must be 13 or later, got: ${release.version}. Upgrade the cluster first.`,
    });
  });

  test('fails when it does not say what it is', async () => {
    await expect(checkServer(server(undefined))).rejects.toThrow('PostgreSQL must be 13 or later, got: unknown.');
  });
});

test('the tested releases are those that the tests run on', () => {
  expect(POSTGRESQL.tested).toEqual(POSTGRES_VERSIONS.map((version) => Number.parseInt(version, 10)));
});
