import { describe, expect, test } from 'vitest';
import { eachApplication, PASSWORD } from '../application';

const application = eachApplication();

const NEW = `new: '"\\$%`;

/** Whether the role can sign in, found out as the real caller does. */
function canSignIn(password: string): () => Promise<boolean> {
  return () =>
    application.signIn(application.target.databaseRole, password).then(
      () => true,
      () => false,
    );
}

async function storedPassword(): Promise<unknown> {
  const [row] = await application.query('select rolpassword from pg_authid where rolname = $1', [
    application.target.databaseRole,
  ]);
  return row?.['rolpassword'];
}

describe('the password of the role', () => {
  test('is the one that was given', async () => {
    await application.provision({}, { password: NEW });

    expect(await canSignIn(NEW)()).toBe(true);
    expect(await canSignIn(`${NEW} `)()).toBe(false);
  });

  test('is set when the role has another one', async () => {
    await application.provision();
    await application.provision({}, { password: NEW, canSignIn: canSignIn(NEW) });

    expect(await canSignIn(NEW)()).toBe(true);
    expect(await canSignIn(PASSWORD)()).toBe(false);
  });

  test('is left alone when the role can sign in with it', async () => {
    await application.provision();
    const before = await storedPassword();
    await application.provision({}, { canSignIn: canSignIn(PASSWORD) });

    expect(await storedPassword()).toBe(before);
  });

  test('is set when the role may not sign in', async () => {
    await application.provision();
    await application.query(`alter role ${application.target.databaseRole} nologin`);
    await application.provision({}, { canSignIn: canSignIn(PASSWORD) });

    expect(await canSignIn(PASSWORD)()).toBe(true);
  });
});
