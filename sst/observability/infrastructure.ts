import { CONTRACT, type ContractName, contractPath, FOR_FUNCTIONS, METRIC_NAMESPACE_PREFIX } from './contract';
import { FoundationError } from './foundation-error';
import { FunctionNetwork } from './function-network';

export { FoundationError } from './foundation-error';

/** Options of {@link Foundation.lookUp}. */
export interface LookUpOptions {
  /**
   * Stage of the foundation.
   *
   * @default - the stage that SST deploys, `$app.stage`
   */
  readonly stage?: string;
}

/** Options of {@link Foundation.instrument}. */
export interface InstrumentOptions {
  /**
   * Whether functions in the foundation's VPC join the security group that leads to Umami and OpenReplay.
   *
   * @default true
   */
  readonly securityGroup?: boolean;
}

interface Choice extends InstrumentOptions {
  readonly pattern: string | RegExp;
  matched: boolean;
}

/** The part of a function's arguments that is added to. */
type Instrumented = Pick<sst.aws.FunctionArgs, 'policies' | 'link'>;

/**
 * What is deployed of the foundation, seen from an SST application. While nothing is deployed, all of it does nothing.
 *
 * @example
 * (await Foundation.lookUp()).instrument(['Checkout', /^ApiRoute/]); // before the functions are made
 */
export class Foundation {
  private readonly choices: Choice[] = [];

  private constructor(
    /** Stage of the foundation. */
    readonly stage: string,
    private readonly published: ReadonlyMap<string, string>,
  ) {}

  /**
   * Reads what the foundation published, in the account and Region that the application is deployed to. Needs
   * `ssm:GetParametersByPath` on `/user-metrics/*`.
   *
   * @throws FoundationError when it cannot be read, or when the application's default tags carry the foundation's
   * `Project`. That nothing is published is no error.
   */
  static async lookUp(options: LookUpOptions = {}): Promise<Foundation> {
    const stage = options.stage ?? $app.stage;
    const foundation = new Foundation(stage, await publishedValues(contractPath(stage)));
    foundation.refuseItsProject();
    return foundation;
  }

  /** Whether anything of this stage is deployed. */
  get isDeployed(): boolean {
    return this.published.size > 0;
  }

  /** One published value; `undefined` while it is not published. Values of a list are separated by commas. */
  value(name: ContractName): string | undefined {
    return this.published.get(name);
  }

  /**
   * Gives functions the telemetry policy, the link `Resource.UserMetrics`, and in the foundation's VPC the security
   * group. Only functions that are made afterwards are seen; at its end the program names what matched none.
   *
   * @param functions names of `sst.aws.Function` components, or patterns for those that SST names, e.g. of routes
   * @throws FoundationError when nothing is chosen
   */
  instrument(functions: readonly (string | RegExp)[], options: InstrumentOptions = {}): this {
    if (functions.length === 0) {
      throw new FoundationError('`functions` must name at least one function, got: none. Leave the call out instead.');
    }
    if (!this.isDeployed) return this;
    if (this.choices.length === 0) this.watchFunctions();
    this.choices.push(...functions.map((pattern) => ({ ...options, pattern, matched: false })));
    return this;
  }

  private watchFunctions(): void {
    const policy = this.needed(FOR_FUNCTIONS.policy);
    const network = new FunctionNetwork(this.needed(FOR_FUNCTIONS.vpc), this.needed(FOR_FUNCTIONS.securityGroup));
    const link = new sst.Linkable('UserMetrics', { properties: this.linkProperties() });
    // Functions may share one object of arguments: what one is given must not reach another that was not chosen.
    const before = new WeakMap<object, Instrumented>();
    $transform(sst.aws.Function, (args, _, name) => {
      const choices = this.choices.filter(({ pattern }) => matches(pattern, name));
      const own = before.get(args);
      if (own) Object.assign(args, own);
      if (choices.length === 0) return;
      for (const choice of choices) choice.matched = true;
      before.set(args, own ?? { policies: args.policies, link: args.link });
      args.link = appended(args.link, link);
      if (policy) addPolicy(args, policy, name);
      if (choices.some(({ securityGroup }) => securityGroup !== false)) network.admit(args, name);
    });
    // Functions of routes and subscribers are made after `run()` has returned.
    process.once('exit', () => this.reportUnmatched());
  }

  /** What code reads as `Resource.UserMetrics`: every published value under its name in camel case. */
  private linkProperties(): { [property: string]: string } {
    const values = Object.keys(CONTRACT).flatMap((name) => {
      const value = this.published.get(name);
      return value === undefined ? [] : [[name.replace(/[/-](\w)/g, (_, letter) => letter.toUpperCase()), value]];
    });
    return {
      ...Object.fromEntries(values),
      stage: this.stage,
      metricNamespace: `${METRIC_NAMESPACE_PREFIX}${$app.name}`,
    };
  }

  private needed(name: ContractName): string | undefined {
    const value = this.value(name);
    if (value === undefined) {
      $util.log.warn(
        `The foundation has not published ${contractPath(this.stage)}/${name} (${CONTRACT[name].meaning}): ` +
          'functions go without it until it is deployed completely.',
      );
    }
    return value;
  }

  private refuseItsProject(): void {
    const provider = $app.providers?.['aws'];
    const project = typeof provider === 'object' ? provider.defaultTags?.tags?.['Project'] : undefined;
    if (project === undefined || project !== this.publishedProject()) return;
    throw new FoundationError(
      `The tag \`Project\` of the application's default tags must not be the foundation's, got: ${project}. ` +
        'Use `applicationTags` with a name of its own, or all of its cost counts against the budget of the foundation.',
    );
  }

  private publishedProject(): string | undefined {
    const tags = this.value('tags');
    if (tags === undefined) return undefined;
    try {
      return JSON.parse(tags).Project;
    } catch {
      throw new FoundationError(
        `${contractPath(this.stage)}/tags must be a JSON object, got: ${tags}. Deploy the foundation again.`,
      );
    }
  }

  private reportUnmatched(): void {
    for (const { pattern } of this.choices.filter(({ matched }) => !matched)) {
      process.stderr.write(
        `Warning: \`instrument\` names ${pattern}, but no function of that name was made after the call.\n`,
      );
    }
  }
}

async function publishedValues(path: string): Promise<Map<string, string>> {
  try {
    const { names, values } = await aws.ssm.getParametersByPath({ path, recursive: true, withDecryption: false });
    return new Map(names.map((name, index) => [name.slice(path.length + 1), values[index] ?? '']));
  } catch (error) {
    throw FoundationError.cannotRead(`the foundation's values under ${path}`, 'ssm:GetParametersByPath', error);
  }
}

function matches(pattern: string | RegExp, name: string): boolean {
  return typeof pattern === 'string' ? pattern === name : name.search(pattern) >= 0;
}

function addPolicy(args: sst.aws.FunctionArgs, policy: string, name: string): void {
  // With a role of the caller's own, SST ignores `policies`.
  if (!args.role) args.policies = appended(args.policies, policy);
  else $util.log.warn(`${name} brings its own IAM role: attach the managed policy ${policy} to it.`);
}

function appended<Item>(items: $util.Input<Item[]> | undefined, item: Item): $util.Output<Item[]> {
  return $util.output(items ?? []).apply((given) => {
    const all = given as Item[];
    return all.includes(item) ? all : [...all, item];
  }) as $util.Output<Item[]>;
}
