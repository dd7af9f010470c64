/** A statement of a policy, as far as the criteria read it. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Principal: string | { readonly [kind: string]: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** The statements of a policy document, URL-encoded or not; none when there is no policy. */
export function statementsOf(policy: string | undefined): readonly PolicyStatement[] {
  const text = policy?.startsWith('%') ? decodeURIComponent(policy) : policy;
  return JSON.parse(text ?? '{}').Statement ?? [];
}

/** The principals of a statement, of every kind. */
export function principalsOf({ Principal }: PolicyStatement): string[] {
  return typeof Principal === 'string' ? [Principal] : Object.values(Principal).flat();
}
