/** Allowed values by tag key. A key without an entry takes any value that AWS accepts. */
export type Vocabulary = { readonly [key: string]: readonly string[] };

/** The values that the schema starts with. */
export const STANDARD_VOCABULARY = {
  Environment: ['dev', 'staging', 'prod'],
  ManagedBy: ['CDK', 'SST'],
  Component: ['Umami', 'OpenReplay', 'Grafana', 'CloudWatch', 'Infrastructure', 'Application'],
  Function: ['SessionReplay', 'Analytics', 'Metrics', 'Logging', 'Visualization', 'Storage', 'Compute', 'Networking'],
  DataType: ['Metrics', 'Logs', 'Sessions', 'Analytics'],
} as const satisfies Vocabulary;

/** The type of {@link STANDARD_VOCABULARY}. */
export type StandardVocabulary = typeof STANDARD_VOCABULARY;

/** `Base` with the values of `More` added key by key. */
export type Extended<Base extends Vocabulary, More extends Vocabulary> = {
  readonly [Key in keyof Base | keyof More]: readonly (
    | (Key extends keyof Base ? Base[Key][number] : never)
    | (Key extends keyof More ? More[Key][number] : never)
  )[];
};

/** The value a key takes under a vocabulary. */
export type ValueOf<V extends Vocabulary, Key extends string> = Key extends keyof V ? V[Key][number] : string;
