/** Whose doing a figure is. */
export type FigureOf =
  /** Umami's schema or its database roles. */
  | 'umami'
  /** Every other schema or database role. */
  | 'others'
  /** PostgreSQL does not tell them apart: the instance or the cluster as a whole. */
  | 'cluster';

/** What a figure is about. */
export type FigureGroup = 'rates' | 'connections' | 'io' | 'sizes' | 'waits' | 'statements' | 'latency' | 'cloudwatch';

/** One figure of a cluster, measured several times within one window. */
export interface Figure {
  /** Unique together with {@link of}, and the same in each baseline, e.g. `commits` or `CPUUtilization of instance shop-1`. */
  readonly name: string;
  readonly group: FigureGroup;
  readonly of: FigureOf;
  /** Unit of {@link samples}, e.g. `1/s`, `bytes/s`, `ms`, `%`, `sessions`. */
  readonly unit: string;
  /** Which direction is worse; `neither` for what tells of the load alone. */
  readonly worse: 'higher' | 'lower' | 'neither';
  /** Smallest change that matters, in {@link unit}, however small the figure was before. @default 0 */
  readonly relevant?: number;
  /** Statistics view that it was read of; must be a key of `identity.statsReset` where that view can be reset. @default - none */
  readonly source?: string;
  /** Repeated measurements in the order of time. The comparison works on these; one alone is shown, and not tested. */
  readonly samples: readonly number[];
}

/** Something that was not measured, and why. */
export interface NotRead {
  /** A view, a figure or several of them. */
  readonly what: string;
  /** `not applicable`: this release, service or server does not have it. `unknown`: it may be there, and could not be read. */
  readonly state: 'not applicable' | 'unknown';
  /** A sentence. */
  readonly reason: string;
  /** Statement or parameter that makes it readable. @default - nothing does */
  readonly fix?: string;
}

/** What a baseline was measured of. {@link compareBaselines} refuses two that differ in more than what it says there. */
export interface BaselineIdentity {
  readonly database: string;
  /** Version of PostgreSQL, e.g. `17.4`. */
  readonly server: string;
  /** Version of Aurora. @default null, it is not Aurora */
  readonly aurora: string | null;
  /** A reader or another standby. */
  readonly isStandby: boolean;
  /** Instance class, or the capacity range of a Serverless cluster, as Amazon RDS tells it. @default - not asked */
  readonly instanceClass?: string;
  /** Start of the server, ISO 8601. */
  readonly startedAt: string;
  /** Last reset of each statistics view, ISO 8601, or null: never. */
  readonly statsReset: Readonly<Record<string, string | null>>;
  /** Server parameters that change the figures, with their units, e.g. `shared_buffers: 16384 8kB`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Begin of the window on the server's clock, ISO 8601. */
  readonly capturedAt: string;
  /** Length of the window, in seconds of a clock that does not jump. */
  readonly seconds: number;
  /** Whether Umami's schema or its database role existed already: false for a baseline of before the first DDL. */
  readonly hasUmami: boolean;
}

/** What was measured of a cluster within one window. It holds no query text, no data and nothing secret. */
export interface Baseline {
  readonly format: 1;
  readonly identity: BaselineIdentity;
  /** Sorted by group, name and whose they are. */
  readonly figures: readonly Figure[];
  readonly notRead: readonly NotRead[];
}

/** What was measured elsewhere within the same window or for it, e.g. in CloudWatch. */
export interface BaselinePart {
  /** @default - as in the baseline */
  readonly instanceClass?: string;
  readonly figures: readonly Figure[];
  readonly notRead: readonly NotRead[];
}

/** The baseline together with what was measured elsewhere; a figure of the same name and owner replaces. */
export function extendBaseline(baseline: Baseline, { instanceClass, figures, notRead }: BaselinePart): Baseline {
  const byKey = new Map([...baseline.figures, ...figures].map((figure) => [figureKey(figure), figure]));
  return {
    ...baseline,
    identity: instanceClass === undefined ? baseline.identity : { ...baseline.identity, instanceClass },
    figures: [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, figure]) => figure),
    notRead: [...baseline.notRead, ...notRead],
  };
}

/** What tells a figure from every other one of a baseline. */
export function figureKey({ group, name, of }: Pick<Figure, 'group' | 'name' | 'of'>): string {
  return `${group}/${name}/${of}`;
}
