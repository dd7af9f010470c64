import {
  type ComponentName,
  componentTags,
  type Environment,
  environmentOf,
  type FunctionalTags,
  MAXIMUM_VALUE_LENGTH,
  type RequiredTags,
  stageTags,
  TagSchema,
  type TagValues,
  type TeamTags,
} from '@user-metrics/tagging/schema';
import { applicationValues, tagValues } from './tags';

/**
 * Tags that a set of default tags may hold. An object in S3 takes ten, SST uploads code as tagged objects and adds
 * `sst:app` and `sst:stage` (Amazon S3 user guide, "Categorizing your objects using tags").
 */
export const MAXIMUM_DEFAULT_TAGS = 8;

/** A tag value that cannot be used as it is. */
export class TagValueError extends Error {
  override readonly name = 'TagValueError';

  constructor(message: string) {
    super(message);
    // What the SST CLI shows of an error is its stack.
    this.stack = message;
  }
}

/**
 * The environment of a stage. Stages of SST are free text (`alice`, `pr-12`, `production`): what is neither production
 * nor staging counts as `dev`.
 *
 * @param stage name of the stage, `input.stage` or `$app.stage`
 * @param team values whose `environments` name the exceptions
 */
export function environment(stage: string, team: TeamTags = tagValues): Environment {
  return environmentOf(stage, team.environments);
}

/**
 * Default tags of the application, for `providers.aws.defaultTags.tags` in `sst.config.ts`. They carry the
 * application's own `Project`.
 *
 * @param stage name of the stage, `input.stage` in `app()`
 * @param team values of the application; a user of the package, who has no copy of `tags.ts`, gives them here
 * @param foundation values of the foundation, whose `project` is refused
 * @throws TagValueError when `project` is the foundation's, when a value is not allowed, or when there are too many tags
 *
 * @example
 * applicationTags('pr-12'); // { Project: 'Application', Environment: 'dev', ManagedBy: 'SST', … }
 */
export function applicationTags(
  stage: string,
  team: TeamTags = applicationValues,
  foundation: TeamTags = tagValues,
): RequiredTags & TagValues {
  if (team.project.trim() === foundation.project.trim()) {
    throw new TagValueError(
      `\`project\` of the application must not be the foundation's, got: ${team.project}. ` +
        "Give the application a name of its own, or all of its cost counts against the foundation's budget.",
    );
  }
  const tags = stageTags(team, stage, 'SST');
  const count = Object.keys(tags).length;
  if (count > MAXIMUM_DEFAULT_TAGS) {
    throw new TagValueError(
      `\`further\` must leave at most ${MAXIMUM_DEFAULT_TAGS} tags in all, got: ${count}. ` +
        'SST uploads code as objects in S3, which take ten tags, and adds two of its own.',
    );
  }
  return checked(tags);
}

/**
 * Tags of an observability resource that the application makes itself, such as a log group of Umami: with the
 * foundation's `Project`, so its cost counts against the budget.
 *
 * @param stage name of the stage, `$app.stage` in `run()`
 * @param component what the resource belongs to
 * @param team values of the foundation
 * @throws TagValueError when a value is not allowed
 *
 * @example
 * new aws.cloudwatch.LogGroup('Umami', { tags: observabilityTags($app.stage, 'umami') });
 */
export function observabilityTags(
  stage: string,
  component: ComponentName,
  team: TeamTags = tagValues,
): RequiredTags & FunctionalTags & TagValues {
  return { ...checked(stageTags(team, stage, 'SST')), ...componentTags(component) };
}

function checked<Tags extends TagValues>(tags: Tags): Tags {
  const [first] = TagSchema.STANDARD.check(tags);
  if (!first) return tags;
  const allowed = first.allowed ? first.allowed.join(', ') : `any text of at most ${MAXIMUM_VALUE_LENGTH} characters`;
  throw new TagValueError(
    `The tag \`${first.key}\` ${first.problem}, got: ${first.value ?? 'nothing'}. Correct it in tags.ts (${allowed}).`,
  );
}
