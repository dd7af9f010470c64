import { environmentOf } from '@user-metrics/tagging/schema';
import type { Report } from './expectations';

/** What the check reads; any of it may be missing or of the wrong type. */
interface Limits {
  readonly tags?: { readonly environments?: unknown };
  readonly accounts?: { readonly [id: string]: { readonly cost?: { readonly stageLimits?: unknown } } | undefined };
  readonly stages?: { readonly [name: string]: { readonly account?: unknown } | undefined };
}

/** A budget of a stage finds its cost by the tag Environment: two stages of an account must not share it. */
export function requireStagesOfLimits({ tags, accounts = {}, stages = {} }: Limits, report: Report): void {
  const environments = (tags?.environments ?? {}) as Parameters<typeof environmentOf>[1];
  for (const [id, account] of Object.entries(accounts)) {
    const stagesOfAccount = Object.keys(stages).filter((name) => String(stages[name]?.account) === id);
    for (const [stage, limit] of Object.entries(account?.cost?.stageLimits ?? {})) {
      const path = ['accounts', id, 'cost', 'stageLimits', stage];
      if (!stagesOfAccount.includes(stage)) {
        const known = stagesOfAccount.join(', ') || 'none';
        report(path, limit, `must name a stage of the account: ${known}`, 'Correct the name, or remove it');
        continue;
      }
      const environment = environmentOf(stage, environments);
      const same = stagesOfAccount.find((name) => name !== stage && environmentOf(name, environments) === environment);
      if (same === undefined) continue;
      report(
        path,
        limit,
        `must be told from stage ${same} by its tag Environment, and both have ${environment}`,
        'Give one of them another environment in sst/observability/tags.ts, or remove the limit',
      );
    }
  }
}
