/** Environment variables of the function; the construct writes them, the handler reads them. */
export const ENVIRONMENT = {
  /** Name of the SSM parameter for the status. */
  parameter: 'STATUS_PARAMETER',
  /** Tag keys as a JSON array. */
  keys: 'TAG_KEYS',
  /** The keys among them that the metric counts, as a JSON array. */
  countedKeys: 'COUNTED_TAG_KEYS',
} as const;

/** What the function is told. */
export interface Settings {
  readonly parameter: string;
  readonly keys: readonly string[];
  readonly countedKeys: readonly string[];
}

/** @throws Error that names the variable */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const parameter = environment[ENVIRONMENT.parameter];
  if (!parameter) throw new Error(`Environment variable ${ENVIRONMENT.parameter} must name an SSM parameter.`);
  return { parameter, keys: keysIn(environment, 'keys'), countedKeys: keysIn(environment, 'countedKeys') };
}

function keysIn(environment: NodeJS.ProcessEnv, which: 'keys' | 'countedKeys'): string[] {
  const text = environment[ENVIRONMENT[which]] ?? '';
  try {
    const keys: unknown = JSON.parse(text);
    if (Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string' && key !== ''))
      return keys;
  } catch {
    // Said below, as for any other text that is no such array.
  }
  throw new Error(`Environment variable ${ENVIRONMENT[which]} must be a JSON array of tag keys, got: ${text}.`);
}
