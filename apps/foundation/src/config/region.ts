import type { Report } from './expectations';
import { isRegion } from './identifiers';

/** What the check reads; any of it may be missing or of the wrong type. */
interface Located {
  readonly accounts?: { readonly [id: string]: { readonly region?: unknown } | undefined };
  readonly stages?: {
    readonly [name: string]:
      | {
          readonly account?: unknown;
          readonly region?: unknown;
          readonly network?: unknown;
          readonly database?: unknown;
        }
      | undefined;
  };
}

/** Everything that a stage names by its Region is in the Region of the stage: its own, or that of its account. */
export function requireRegion({ accounts = {}, stages = {} }: Located, report: Report): void {
  for (const [name, stage] of Object.entries(stages)) {
    const account = String(stage?.account);
    const region = stage?.region ?? accounts[account]?.region;
    if (!isRegion(region)) continue;
    const [whose, place] =
      stage?.region === undefined
        ? [`account ${account}`, `accounts['${account}'].region`]
        : [`stage ${name}`, `stages['${name}'].region`];
    for (const { path, value, found } of regionsIn(['stages', name], { ...stage })) {
      if (found === region) continue;
      report(path, value, `must be in ${region}, the Region of ${whose}`, `Give one of ${region}, or correct ${place}`);
    }
  }
}

interface RegionOfValue {
  readonly path: PropertyKey[];
  readonly value: string;
  readonly found: string;
}

/** Availability Zones, endpoints of Amazon RDS and KMS keys. The ARN of a secret is compared with the account too, elsewhere. */
const REGION_IN = [
  /^([a-z]{2,4}(?:-[a-z]+)+-\d)[a-z]$/,
  /\.([a-z0-9-]+)\.rds\.amazonaws\.(?:com(?:\.cn)?|eu)$/i,
  /^arn:aws[a-z-]*:kms:([a-z0-9-]+):/,
];

function regionsIn(path: PropertyKey[], value: unknown): RegionOfValue[] {
  if (typeof value === 'string') {
    const found = REGION_IN.map((pattern) => pattern.exec(value)?.[1]).find((region) => region !== undefined);
    return found === undefined ? [] : [{ path, value, found: found.toLowerCase() }];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => regionsIn([...path, index], each));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => regionsIn([...path, key], each));
}
