import type { TestProject } from 'vitest/node';
import { CleanUp } from '../../lib/src/clean-up';
import { deployAccount, type PlainAccount } from './plain-account';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one deployed account of all tests. */
    account: PlainAccount;
  }
}

export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const cleanUp = new CleanUp();
  try {
    project.provide('account', await deployAccount(cleanUp));
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
  return () => cleanUp.run();
}
