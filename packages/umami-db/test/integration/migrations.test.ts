import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSchema } from '../../runtime/catalog/describe-schema';
import { migrations } from '../../runtime/migrations/index';
import umami310 from '../fixtures/catalog-3.1.0.json';
import umami340 from '../fixtures/catalog-3.4.0.json';
import { emptySchema, id, type UmamiSchema } from './umami-schema';

const NAMES = migrations.map((migration) => migration.name);
const HASH = `$2b$10$${'a'.repeat(53)}`;

let umami: UmamiSchema;

beforeEach(async () => {
  umami = await emptySchema();
});

afterEach(async () => {
  await umami.close();
});

describe('the migrations together', () => {
  test('make exactly the schema of Umami 3.4', async () => {
    expect(await umami.migrate()).toEqual(NAMES);

    expect(await describeSchema(umami.client, 'umami')).toEqual(umami340);
  });

  test('make exactly the schema of Umami 3.1.0 on the way', async () => {
    await umami.migrate('19_add_session_replay');

    expect(await describeSchema(umami.client, 'umami')).toEqual(umami310);
  });

  test('reach the same schema with a stop after each of them', async () => {
    for (const name of NAMES) expect(await umami.migrate(name)).toEqual([name]);

    expect(await describeSchema(umami.client, 'umami')).toEqual(umami340);
  });

  test('do without what an adopted schema may lack', async () => {
    await umami.migrate('05_add_visit_id');
    await umami.query('DROP INDEX event_data_website_id_created_at_event_key_idx');
    await umami.migrate('08_add_utm_clid');
    await umami.query('DROP INDEX session_website_id_created_at_hostname_idx');
    await umami.query('DROP INDEX session_website_id_created_at_subdivision1_idx');
    await umami.migrate('18_add_performance');
    await umami.query('ALTER TABLE board DROP COLUMN slug');
    await umami.migrate();

    expect(await describeSchema(umami.client, 'umami')).toEqual(umami340);
  });
});

describe('the administrator', () => {
  test('is the one of Umami, with the password that was given', async () => {
    await umami.migrate(undefined, { administratorPasswordHash: HASH });

    expect(await umami.query('SELECT user_id, username, role, password, deleted_at FROM "user"')).toEqual([
      {
        user_id: '41e2b680-648e-4b09-bcd7-3e2b10c06264',
        username: 'admin',
        role: 'admin',
        password: HASH,
        deleted_at: null,
      },
    ]);
  });

  test.each(["it's", 'back\\slash', '$1 $& $$', '{name}', `'); DROP TABLE "user"; --`])(
    'has the password hash %j as it was given',
    async (hash) => {
      await umami.migrate('01_init', { administratorPasswordHash: hash });

      expect(await umami.query('SELECT password FROM "user"')).toEqual([{ password: hash }]);
    },
  );

  test('is left alone by the later migrations', async () => {
    await umami.migrate('01_init', { administratorPasswordHash: HASH });
    await umami.insert('user', { user_id: id(1), username: 'somebody', password: 'x', role: 'user' });
    await umami.migrate(undefined, { administratorPasswordHash: 'another' });

    expect(await umami.query('SELECT username, password FROM "user" ORDER BY username')).toEqual([
      { username: 'admin', password: HASH },
      { username: 'somebody', password: 'x' },
    ]);
  });
});
