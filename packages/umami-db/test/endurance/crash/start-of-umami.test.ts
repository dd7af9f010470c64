import { expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { eachCustomResource } from '../../integration/cloudformation/custom-resource';
import { createEvent } from '../../support/events';
import { startOfUmami } from './start-of-umami';

const resource = eachCustomResource();

test('Umami cannot sign in before the secret is written', async () => {
  expect(await startOfUmami(resource)).toBe('cannot sign in');
});

test.each([
  ['runs', 'select 1'],
  ['cannot sign in', 'alter role ROLE nologin'],
  ['cannot sign in', `alter role ROLE password 'another'`],
  ['sees no ledger', 'revoke usage on schema umami from ROLE'],
  ['sees no ledger', 'drop table umami._prisma_migrations'],
  ['sees no ledger', 'drop schema umami cascade'],
  ['half', `delete from umami._prisma_migrations where migration_name like '26%'`],
  ['half', `update umami._prisma_migrations set finished_at = null where migration_name like '26%'`],
  ['half', `update umami._prisma_migrations set rolled_back_at = now() where migration_name like '07%'`],
  ['half', 'drop table umami.share'],
  ['half', 'revoke insert on umami.website_event from ROLE'],
])('Umami %s after: %s', async (start, change) => {
  await handler(createEvent(resource.properties));
  await resource.application.query(change.replace('ROLE', resource.application.target.databaseRole));

  expect(await startOfUmami(resource)).toBe(start);
});
