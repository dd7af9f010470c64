/** What a value of the configuration can be. */
export type Literal = string | number | boolean | readonly string[];

/** A value of the configuration, and where it was found. */
export interface Value {
  /** Keys that lead to it, such as `stages`, `dev`, `network`, `vpcId`. */
  readonly path: readonly string[];
  readonly value: Literal;
  /** Such as `ec2 describe-vpcs`. */
  readonly from: string;
}

/** Values below a path: `[name, value, where it was found]`; those without a value are left out. */
export function valuesAt(
  path: readonly string[],
  values: readonly (readonly [name: string, value: Literal | undefined, from: string])[],
): Value[] {
  return values.flatMap(([name, value, from]) =>
    value === undefined ? [] : [{ path: [...path, ...name.split('.')], value, from }],
  );
}

/** A path as it is read, such as `stages.dev.network.vpcId`. */
export function pathText({ path }: Pick<Value, 'path'>): string {
  return path.join('.');
}
