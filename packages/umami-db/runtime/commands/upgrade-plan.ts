import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { withSession } from '../cli/session';
import { type UpgradeStep, upgradeSteps } from '../cli/upgrade-steps';
import { forCommandLine } from '../cli/words';
import { type MigrationEffect, planUpgrade, type Upgrade, type UpgradePlan } from '../provision/upgrade';

export async function upgradePlanCommand(flags: Flags, output: Output): Promise<number> {
  return withSession(flags, async ({ client, server, target, facts }) => {
    const found = await output.whileRunning(() => planUpgrade(client, { target, facts }));
    const { plan, upgrade } = found;
    const warnings = plan.warnings.map(forCommandLine);
    const { ahead } = plan.history;
    if (!upgrade) {
      const sentence = nothingToDo(found, target.schema);
      output.result({ upgrade: null, sentence, ahead, warnings }, [
        sentence,
        ...warnings.map((warning) => `Warning: ${warning}`),
      ]);
      return 0;
    }
    const steps = upgradeSteps({ plan, upgrade, target, flags, host: server.host });
    output.result({ upgrade, steps, ahead, warnings }, [
      ...meanwhile(upgrade),
      `Schema ${target.schema} has Umami ${inWords(upgrade.from)}; Umami ${inWords(upgrade.to)} needs ${upgrade.migrations.length} more migrations:`,
      ...upgrade.migrations.flatMap(effectLines),
      ...transactionLines(upgrade),
      ...warnings.map((warning) => `Warning: ${warning}`),
      ...steps.flatMap(stepLines),
    ]);
    return 0;
  });
}

function nothingToDo({ plan: { history } }: UpgradePlan, schema: string): string {
  const { applied, ahead } = history;
  if (ahead.length > 0)
    return `Schema ${schema} has migrations that this version of umami-db does not know: ${ahead.join(', ')}. They are of a newer Umami, and nothing would be changed. To upgrade further, take a newer version of @user-metrics/umami-db.`;
  if (applied.length === 0)
    return `Schema ${schema} has no tables of Umami: there is nothing to upgrade. To make them: npx umami-db provision --help`;
  return `Schema ${schema} has the release that was asked for (${applied.at(-1)}): there is nothing to do.`;
}

/** Whether the upgrade is rolling stands before anything else. */
function meanwhile({ from, to, migrations, runningRelease, bridge }: Upgrade): string[] {
  if (runningRelease === 'yes')
    return [
      `A rolling update is possible: Umami ${from.release} works with the schema of ${to.release}${bridge === 'planned' ? ' and the temporary column of --bridge; settings of the recorder that are changed in it meanwhile are lost' : ''}. Migrate first, then replace the containers.`,
      ...(migrations.some(({ name }) => name === '23_update_session_data')
        ? [
            `Of two first writes of the same session key at the same moment Umami ${from.release} then fails one, with status 500.`,
          ]
        : []),
    ];
  const reason =
    runningRelease === 'no'
      ? `Umami ${from.release} fails on every page view and in its dashboard as soon as ${migrations[0]?.name} is in`
      : `whether Umami ${from.release} works with the schema of ${to.release} was not tried`;
  return [
    `A rolling update is NOT possible: ${reason}. Stop Umami, migrate, then start Umami ${to.release}.`,
    ...(bridge === 'possible'
      ? ['With a temporary column it is possible. To see its steps: npx umami-db upgrade-plan --bridge']
      : []),
  ];
}

function inWords({ release, migration }: Upgrade['from']): string {
  return `${release} (${migration})`;
}

function effectLines({ name, locks, rows, seconds }: MigrationEffect): string[] {
  if (locks === undefined) return [`  ${name}: what it locks and changes is not known; read its SQL`];
  const locked = Object.entries(locks).map(([table, mode]) => `${table} ${mode}`);
  const changed = rows.map(({ table, change, rows: count, exact }) => {
    const amount = `${exact ? '' : 'about '}${count.toLocaleString('en')}`;
    return `${change} ${change === 'updates' ? 'at most ' : ''}${amount} rows of ${table}`;
  });
  return [
    `  ${name}: ${timeOf(seconds)}; ${locked.length > 0 ? `locks ${locked.join(', ')}` : 'locks no table that exists'}`,
    ...(changed.length > 0 ? [`    ${changed.join('; ')}`] : []),
  ];
}

function timeOf(seconds: number | undefined): string {
  if (seconds === undefined) return 'time not known';
  return seconds < 1 ? 'under 1 s' : `about ${seconds} s`;
}

function transactionLines({ migrations, locked, seconds }: Upgrade): string[] {
  const known = migrations.filter((migration) => migration.seconds !== undefined).length;
  const count = known === 1 ? 'It runs' : `All ${known} run`;
  const further =
    known < migrations.length
      ? [
          `The ${migrations.length - known} that this version of umami-db does not have run in a transaction each. Each locks every table that it names.`,
        ]
      : [];
  if (known === 0) return further;
  return [
    ...further,
    `${count} in one transaction of about ${seconds} s: all of it takes effect, or nothing. From its beginning to its end it locks ${locked.length > 0 ? `${locked.join(', ')} (ACCESS EXCLUSIVE): queries on them wait` : 'no table that exists'}.`,
    'The time is estimated from the rows of the tables and the time of 1,000,000 rows on 2 cores; an Aurora that is busy may take several times as long.',
  ];
}

function stepLines({ text, commands }: UpgradeStep, index: number): string[] {
  return [`${index + 1}. ${text}`, ...commands.map((command) => `     ${command}`)];
}
