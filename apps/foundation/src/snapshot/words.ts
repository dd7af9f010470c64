import { isUnknown } from './kind';
import type { Comparison, Difference } from './schema';

/** Longest value that is shown whole. */
const SHOWN = 160;

/** What these objects hold, by key. */
const ITEMS: { readonly [field: string]: string } = {
  Tags: 'tag',
  cidrBlocks: 'CIDR block',
  inbound: 'inbound rule',
  notifications: 'notification',
  outbound: 'outbound rule',
  parameters: 'parameter',
  policies: 'inline policy',
  routes: 'route to',
};

/** What lists of these fields hold. */
const LISTED: { readonly [field: string]: string } = {
  attachedPolicies: 'attached policy',
  environment: 'environment variable',
  VpcSecurityGroups: 'security group',
};

/** One difference in a sentence, such as `security group sg-1 of VPC vpc-2: inbound rule sgr-3 added: tcp 5432 from sg-4`. */
export function inWords(
  difference: Pick<Difference, 'kind' | 'id' | 'path' | 'change'> & {
    readonly before?: unknown;
    readonly after?: unknown;
  },
  resource: unknown,
): string {
  const { kind, id, path, change, before, after } = difference;
  const { VpcId } = Object(resource) as { readonly VpcId?: string };
  const subject = `${kind}${id ? ` ${id}` : ''}${VpcId && kind !== 'VPC' ? ` of VPC ${VpcId}` : ''}`;
  const what = [subject, placeInWords(path)].filter(Boolean).join(': ');
  if (change === 'unknown') return `${what} could not be compared: ${[before, after].flatMap(reason).join('; ')}`;
  if (path.length === 0 && change !== 'changed') return `${what} ${change}`;
  if (change === 'added') return `${what} added: ${shown(after)}`;
  if (change === 'removed') return `${what} removed: ${shown(before)}`;
  return `${what} changed from ${shown(before)} to ${shown(after)}`;
}

function placeInWords([first = '', second, ...rest]: readonly string[]): string {
  const item = second === undefined ? undefined : ITEMS[first];
  if (item !== undefined) return [`${item} ${second}`, ...rest].join('.');
  return [LISTED[first] ?? first, ...(second === undefined ? [] : [second]), ...rest].join('.');
}

function reason(value: unknown): string[] {
  return isUnknown(value) ? [value.$unknown] : [];
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text;
}

/** A comparison for reading: what nobody announced first, grouped by service. */
export function comparisonInWords({ before, after, differences, notCompared }: Comparison): string[] {
  const unannounced = differences.filter(({ announced }) => announced === undefined);
  const announced = differences.filter((difference) => difference.announced !== undefined);
  const lines = [`Existing resources at ${before} and at ${after}:`];
  if (differences.length === 0) lines.push('  nothing changed');
  for (const service of new Set(unannounced.map((difference) => difference.service))) {
    lines.push(`  ${service}, not announced by the configuration`);
    for (const { text } of unannounced.filter((difference) => difference.service === service))
      lines.push(`    ${text}`);
  }
  if (announced.length > 0) lines.push('  announced by the configuration');
  for (const { text, announced: by } of announced) lines.push(`    ${text} (${by})`);
  for (const line of notCompared) lines.push(`  not compared: ${line}`);
  return lines;
}
