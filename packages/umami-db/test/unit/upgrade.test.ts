import { expect, test } from 'vitest';
import { clusterEndpoint } from '../../runtime/connection/cluster-endpoint';
import { worksMeanwhile } from '../../runtime/migrations/effects';
import { migrationsOf } from '../../runtime/migrations/releases';
import { snapshotName, snapshotPrefix } from '../../runtime/snapshot/snapshot-name';

test.each([
  ['3.1', '3.2', 'no'],
  ['3.1', '3.4', 'no'],
  ['3.1', '3.1', 'yes'],
  ['3.2', '3.4', 'yes'],
  ['3.3.0', '3.3', 'yes'],
  ['3.3', '3.4', 'yes'],
  ['2.20', '3.4', 'not tried'],
  ['16_boards', '3.1', 'not tried'],
])('whether Umami %s works with the schema of %s: %s', (from, to, works) => {
  expect(worksMeanwhile(migrationsOf(from).length, migrationsOf(to).length)).toBe(works);
});

test.each([
  ['application.cluster-c1a2b3c4d5e6.us-east-1.rds.amazonaws.com', { cluster: 'application', region: 'us-east-1' }],
  ['my-app.cluster-ro-c1a2.eu-central-1.rds.amazonaws.com', { cluster: 'my-app', region: 'eu-central-1' }],
  ['app.cluster-c1a2.cn-north-1.rds.amazonaws.com.cn', { cluster: 'app', region: 'cn-north-1' }],
  ['custom.cluster-custom-c1a2.us-east-1.rds.amazonaws.com', undefined],
  ['instance.c1a2.us-east-1.rds.amazonaws.com', undefined],
  ['database.example.com', undefined],
])('the endpoint %s tells cluster and Region', (host, expected) => {
  expect(clusterEndpoint(host)).toEqual(expected);
});

test.each(['umami', 'umami_dev', 'Umami--$', '2umami', 'ümami_'])(
  'a snapshot of schema %j has a name that RDS takes',
  (schema) => {
    const name = snapshotName({ schema }, '3.3.1', new Date('2026-11-26T22:05:59Z'));

    expect(name).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(name.slice(-34)).toContain('before-3-3-1-20261126-2205');
    expect(name.startsWith(`${snapshotPrefix({ schema }, '3.3.1')}-`)).toBe(true);
  },
);
