import type { StandardVocabulary } from './vocabulary';

/** A value of the tag `Environment`. */
export type Environment = StandardVocabulary['Environment'][number];

const BY_STAGE_NAME: readonly (readonly [RegExp, Environment])[] = [
  [/^(prod|production|live)$/i, 'prod'],
  [/^(staging|stage|stg|preprod|uat)$/i, 'staging'],
];

/**
 * The environment that a stage belongs to. Stages are free text (`alice`, `pr-12`, `production`); whatever is
 * neither production nor staging counts as `dev`.
 *
 * @param stage name of the stage
 * @param known stages with an environment of their own, by name
 */
export function environmentOf(stage: string, known: { readonly [stage: string]: Environment } = {}): Environment {
  // A stage may be called as what every object has, such as `constructor`.
  if (Object.hasOwn(known, stage)) return known[stage] as Environment;
  return BY_STAGE_NAME.find(([pattern]) => pattern.test(stage))?.[1] ?? 'dev';
}
