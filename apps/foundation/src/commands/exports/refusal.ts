import { relative } from 'node:path';
import { deletionOf } from '../../account/deployed-stages';
import { isFoundationStack, parseStageStackName } from '../../stacks/stack-names';
import type { SynthesisedStage } from '../assembly/synthesise';
import type { LostExport } from './lost-exports';

/** An export that would be lost while other stacks use it. */
export interface LossInUse extends LostExport {
  /** Stack that exports it. */
  readonly stack: string;
  /** Region of it and of its users: an export is of one Region. */
  readonly region: string;
  /** Stacks that import it. */
  readonly users: readonly string[];
}

type Target = Pick<SynthesisedStage, 'stage' | 'assembly' | 'stageStacks' | 'accountStacks'>;

/**
 * What is refused and why, and the order of steps in which it can be done.
 *
 * @param canGoFirst whether a stack can be deployed as it would be, before what it uses is changed
 */
export function refusal(target: Target, losses: readonly LossInUse[], canGoFirst: (stack: string) => boolean): string {
  const { stage } = target;
  const changes = new Map<string, Set<string>>();
  for (const { stack, change, users } of losses) {
    const line = `  ${stack} ${change}`;
    changes.set(line, new Set([...(changes.get(line) ?? []), ...users]));
  }
  const users = [...new Set(losses.flatMap((loss) => loss.users))];
  const steps = users.map((user) => stepFor(target, user, losses, canGoFirst(user)));
  const others = [...new Set(users.flatMap((user) => otherStage(user, stage) ?? []))];
  const last = [stage, ...others].map((name) => `npx projen deploy --stage ${name}`);
  return [
    `Stage ${stage} is not deployed: CloudFormation would stop mid-deployment, because other stacks use what would change.`,
    '',
    ...[...changes].map(([line, names]) => `${line}; used by ${[...names].join(' and ')}.`),
    '',
    'Take the change back, or put it into another stage beside this one, or go in this order:',
    '',
    ...[...steps, ...last].map((step, index) => `  ${index + 1}. ${step}`),
    '',
    ...(users.some(keepsData)
      ? [
          'Schema, data and recordings outlast this, unless the stage has autoDelete; new recordings go into a new bucket.',
        ]
      : []),
  ]
    .join('\n')
    .trimEnd();
}

function stepFor(target: Target, user: string, losses: readonly LossInUse[], canGoFirst: boolean): string {
  const assembly = relative(process.cwd(), target.assembly);
  if (canGoFirst) return `npx cdk deploy --app ${assembly} --exclusively ${user}`;
  if ([...target.stageStacks, ...target.accountStacks].includes(user))
    return `npx cdk destroy --app ${assembly} --exclusively ${user}`;
  if (isFoundationStack(user)) return deletionOf(user, losses.find(({ users }) => users.includes(user))?.region);
  const names = losses.filter(({ users }) => users.includes(user)).map(({ name }) => name);
  return `Let ${user}, which is not of this foundation, do without ${names.join(' and ')}`;
}

/** The other stage of the account that a stack belongs to. */
function otherStage(stack: string, stage: string): string | undefined {
  const other = parseStageStackName(stack)?.stage;
  return other === stage ? undefined : other;
}

function keepsData(stack: string): boolean {
  const { concern } = parseStageStackName(stack) ?? {};
  return concern === 'Database' || concern === 'Storage';
}
