import { clusterEndpoint } from '../connection/cluster-endpoint';
import { imageOf } from '../migrations/security-notes';
import { command } from '../provision/row-limit';
import type { Upgrade, UpgradePlan } from '../provision/upgrade';
import { snapshotName } from '../snapshot/snapshot-name';
import type { Target } from '../target/target';
import type { ConnectionFlags } from './options';

/** One step of an upgrade: what to do, and the commands for it. */
export interface UpgradeStep {
  readonly text: string;
  readonly commands: readonly string[];
}

interface StepInput {
  readonly plan: UpgradePlan['plan'];
  readonly upgrade: Upgrade;
  readonly target: Target;
  readonly flags: ConnectionFlags;
  readonly host: string;
}

const SERVICE = '--cluster <ECS cluster> --service <ECS service of Umami>';
const STABLE = `aws ecs wait services-stable --cluster <ECS cluster> --services <ECS service of Umami>`;

export function upgradeSteps(input: StepInput): UpgradeStep[] {
  const { from, to, runningRelease, bridge } = input.upgrade;
  const image = `--task-definition <task definition with the image of Umami ${imageOf(to.release)}>`;
  const start = (text: string, count: string): UpgradeStep => ({
    text,
    commands: [`aws ecs update-service ${SERVICE} ${image}${count}`, STABLE],
  });
  if (runningRelease === 'yes')
    return [
      snapshotStep(input),
      migrateStep(input),
      start(`Replace the containers of Umami ${from.release} with those of ${to.release}, one after the other.`, ''),
      ...(bridge === 'planned'
        ? [{ text: 'Remove the temporary column.', commands: provisionCommands(input, { bridge: false }) }]
        : []),
    ];
  return [
    snapshotStep(input),
    {
      text: `Stop Umami ${from.release}. Events that its tracker sends from now on are lost until step 4 is done.`,
      commands: [`aws ecs update-service ${SERVICE} --desired-count 0`, STABLE],
    },
    migrateStep(input),
    start(`Start Umami ${to.release}.`, ' --desired-count <number of tasks>'),
  ];
}

function snapshotStep({ host, upgrade, target }: StepInput): UpgradeStep {
  const { cluster = '<DB cluster>', region } = clusterEndpoint(host) ?? {};
  const id = `--db-cluster-snapshot-identifier ${snapshotName(target, upgrade.to.release, new Date())}`;
  const of = region === undefined ? '' : ` --region ${region}`;
  return {
    text: `Take a snapshot of the cluster and wait for it; Umami may run meanwhile. Or add --snapshot ${cluster} to umami-db provision below: it takes one and waits.`,
    commands: [
      `aws rds create-db-cluster-snapshot --db-cluster-identifier ${cluster} ${id}${of}`,
      `aws rds wait db-cluster-snapshot-available ${id}${of}`,
    ],
  };
}

function migrateStep(input: StepInput): UpgradeStep {
  const { plan, upgrade } = input;
  const isKnown = upgrade.migrations.every((migration) => migration.seconds !== undefined);
  const seconds = isKnown ? `about ${upgrade.seconds} s` : 'time not known';
  const stack = stackOf(plan);
  const bridge = upgrade.bridge === 'planned' ? ' with `bridge: true`' : '';
  return stack === undefined
    ? { text: `Migrate the schema (${seconds}).`, commands: provisionCommands(input) }
    : {
        text: `Migrate the schema (${seconds}): deploy stack ${stack} with this version of @user-metrics/umami-db${bridge}, or run the second command.`,
        commands: [`npx cdk deploy ${stack}`, ...provisionCommands(input)],
      };
}

/** @returns the stack that made the schema, if one did */
function stackOf({ facts }: UpgradePlan['plan']): string | undefined {
  const ownership = facts.schema?.ownership;
  return ownership?.stack === undefined ? undefined : ownership.name.split('/')[0];
}

function provisionCommands({ plan, target, flags }: StepInput, differing: Partial<Target> = {}): string[] {
  const { adminSecret, host, port } = flags;
  const reachedBy = [
    ...(adminSecret === undefined ? [] : [`--admin-secret ${adminSecret}`]),
    ...(host === undefined ? [] : [`--host ${host}`]),
    ...(port === undefined ? [] : [`--port ${port}`]),
    '--secret <ARN>',
  ].join(' ');
  return [command({ ...target, adopt: plan.facts.schema?.ownership === undefined, ...differing }, reachedBy)];
}
