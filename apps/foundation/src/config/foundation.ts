import { z } from 'zod';
import { accountSchema } from './account';
import { requireStagesOfLimits } from './cost-limits';
import type { databaseSchema } from './database';
import { across, expectation, object, pattern, type Report, type Unchecked } from './expectations';
import { accountId, isRegion } from './identifiers';
import { requireRegion } from './region';
import { requireSeparateBlocks } from './separate-blocks';
import { stageSchema } from './stage';
import type { storageSchema } from './storage';
import { tagsSchema } from './tags';

/** Stages are part of stack names and of SSM paths. */
const stageName = pattern(
  'must be a stage name: letters, digits and -, starting with a letter, at most 32 characters',
  'Rename the stage',
  /^[A-Za-z][A-Za-z0-9-]{0,31}$/,
);

/** What `foundation.config.ts` has to be. */
export const foundationSchema = across(
  object(
    {
      tags: tagsSchema,
      accounts: z.record(accountId, accountSchema, {
        error: expectation('must be accounts by id', "Give accounts: { '111122223333': { … } }"),
      }),
      stages: z
        .record(stageName, stageSchema, { error: expectation('must be stages by name', 'Give stages: { dev: { … } }') })
        .refine((stages) => Object.keys(stages).length > 0, {
          error: expectation('must be at least one stage', 'Give stages: { dev: { … } }'),
        }),
    },
    'must be a foundation',
    'Export default defineFoundation({ tags, accounts, stages })',
  ),
  (foundation, report) => {
    requireAccounts(foundation, report);
    requireDifferentNames(foundation, report);
    requireStagesOfLimits(foundation, report);
    requireOperatorsOfAccount(foundation, report);
    requireRegion(foundation, report);
    requireSeparateBlocks(foundation, report);
  },
).transform((foundation) => ({
  ...foundation,
  stages: Object.fromEntries(
    Object.entries(foundation.stages).map(([name, stage]) => {
      // Stages lie in accounts of the list, which was checked.
      const { region } = foundation.accounts[stage.account] as (typeof foundation.accounts)[string];
      return [name, { ...stage, region: stage.region ?? region }];
    }),
  ),
}));

type UncheckedFoundation = Unchecked<{
  tags: z.output<typeof tagsSchema>;
  accounts: { [id: string]: z.output<typeof accountSchema> };
  stages: {
    [name: string]: {
      account: string;
      region?: string;
      database: z.output<typeof databaseSchema>;
      storage: z.output<typeof storageSchema>;
    };
  };
}>;

/** Each stage lies in an account of the list, and so does its secret. */
function requireAccounts({ accounts = {}, stages = {} }: UncheckedFoundation, report: Report): void {
  for (const [name, stage] of Object.entries(stages)) {
    const account = String(stage?.account);
    const region = stage?.region ?? accounts[account]?.region;
    const secret = stage?.database?.adminSecretArn;
    if (!Object.hasOwn(accounts, account)) {
      // An id that is none is reported already, and is not to be added to the accounts.
      if (!/^\d{12}$/.test(account)) continue;
      const known = Object.keys(accounts).join(', ') || 'none is given';
      report(
        ['stages', name, 'account'],
        stage?.account,
        `must be one of the accounts: ${known}`,
        `Add accounts['${account}'], or correct the id`,
      );
    } else if (
      typeof secret === 'string' &&
      isRegion(region) &&
      !secret.includes(`:secretsmanager:${region}:${account}:`)
    ) {
      report(
        ['stages', name, 'database', 'adminSecretArn'],
        secret,
        `must be a secret of account ${account} in ${region}, where the stage is`,
        'Give the secret of this cluster, or correct the account',
      );
    }
  }
}

/** The bucket lets nobody of another account in, whatever its policy leaves open. */
function requireOperatorsOfAccount({ stages = {} }: UncheckedFoundation, report: Report): void {
  for (const [name, stage] of Object.entries(stages)) {
    const arns = stage?.storage?.operatorRoleArns;
    if (!Array.isArray(arns)) continue;
    for (const [index, arn] of arns.entries()) {
      if (typeof arn !== 'string' || arn.includes(`:iam::${String(stage?.account)}:`)) continue;
      report(
        ['stages', name, 'storage', 'operatorRoleArns', index],
        arn,
        `must be an IAM role of account ${String(stage?.account)}, where the stage is`,
        'Give an IAM role of that account which the people can assume',
      );
    }
  }
}

/** Two stages on one cluster have schemas and database roles of their own; roles are shared by all its databases. */
function requireDifferentNames({ accounts = {}, stages = {} }: UncheckedFoundation, report: Report): void {
  const taken = new Map<string, string>();
  for (const [stage, given] of Object.entries(stages)) {
    const { clusterIdentifier, name: databaseName, schema, databaseRole } = given?.database ?? {};
    const region = given?.region ?? accounts[String(given?.account)]?.region;
    const cluster = `${given?.account}/${region}/${clusterIdentifier}`;
    const places = { schema: `${cluster}/${databaseName}/${schema}`, databaseRole: `${cluster}/${databaseRole}` };
    for (const [key, place] of Object.entries(places)) {
      const other = taken.get(`${key}:${place}`);
      const name = key === 'schema' ? schema : databaseRole;
      taken.set(`${key}:${place}`, stage);
      if (other === undefined || clusterIdentifier === undefined) continue;
      report(
        ['stages', stage, 'database', key],
        name,
        `must differ from that of stage ${other}, which is on the same cluster`,
        `Choose another name, such as ${name}_${stage.toLowerCase().replaceAll('-', '_')}`,
      );
    }
  }
}

/** The configuration as a user writes it. */
export type FoundationConfig = z.input<typeof foundationSchema>;

/** The configuration with every default filled in. */
export type Foundation = z.output<typeof foundationSchema>;

/** One stage of it. */
export type Stage = Foundation['stages'][string];

/** One account of it. */
export type Account = Foundation['accounts'][string];
