import type { SecretStore } from '../../../runtime/secret/secret-store';

/** Moment of a call at which a process is killed. */
export type Moment = 'before' | 'after';

type SignsIn = (password: string, databaseRole: string) => Promise<boolean>;

/** Everything that reaches outside in a rotation, which breaks off before or after one of its calls. */
export function interrupted({ store, signsIn }: { store: SecretStore; signsIn: SignsIn }, at: number, moment: Moment) {
  let calls = 0;
  const guarded =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const breaks = calls === at;
      calls += 1;
      if (breaks && moment === 'before') throw new Error('killed');
      const result = await work(...args);
      if (breaks) throw new Error('killed');
      return result;
    };
  const { name, read, write, stage, promote } = store;
  return {
    signsIn: guarded(signsIn),
    store: { name, read: guarded(read), write: guarded(write), stage: guarded(stage), promote: guarded(promote) },
    calls: () => calls,
  };
}
