import { FoundationError } from './foundation-error';

/** Groups that a network interface takes, and so a function (Amazon VPC quotas, default value). */
const MAXIMUM_SECURITY_GROUPS = 5;

/**
 * Lets functions of one VPC join a security group.
 *
 * @internal
 */
export class FunctionNetwork {
  private readonly vpcs = new Map<string, Promise<string>>();

  constructor(
    private readonly vpc: string | undefined,
    private readonly group: string | undefined,
  ) {}

  /** Adds the group to a function where that is possible, and says where it is not. */
  admit(args: sst.aws.FunctionArgs, component: string): void {
    const own = args.transform?.function;
    args.transform = {
      ...args.transform,
      function: (fn, options, name) => {
        if (typeof own === 'function') own(fn, options, name);
        else Object.assign(fn, own);
        // The arguments may be shared with a function that was not chosen.
        if (name === `${component}Function`) this.join(fn, component, options);
        return undefined;
      },
    };
  }

  private join(fn: aws.lambda.FunctionArgs, component: string, { parent }: $util.CustomResourceOptions): void {
    if (!fn.vpcConfig || !this.group) return;
    fn.vpcConfig = $util.output(fn.vpcConfig).apply(async (config) => {
      const [subnet] = config?.subnetIds ?? [];
      const groups = config?.securityGroupIds ?? [];
      if (!this.group || !subnet || groups.includes(this.group)) return config;
      const vpc = await this.vpcOf(subnet, parent);
      if (vpc !== this.vpc) return this.left(config, component, `it is in ${vpc}, the foundation in ${this.vpc}`);
      if (groups.length >= MAXIMUM_SECURITY_GROUPS) {
        return this.left(config, component, `it has ${groups.length} security groups, and takes no more`);
      }
      return { ...config, securityGroupIds: [...groups, this.group] };
    }) as typeof fn.vpcConfig;
  }

  private left<Config>(config: Config, component: string, reason: string): Config {
    $util.log.warn(`${component} does not join the security group ${this.group}: ${reason}.`);
    return config;
  }

  private vpcOf(subnet: string, parent: $util.Resource | undefined): Promise<string> {
    const known = this.vpcs.get(subnet);
    if (known) return known;
    const asked = aws.ec2.getSubnet({ id: subnet }, parent ? { parent } : {}).then(
      ({ vpcId }) => vpcId,
      (error: unknown) => {
        throw FoundationError.cannotRead(`the VPC of ${subnet}`, 'ec2:DescribeSubnets', error);
      },
    );
    this.vpcs.set(subnet, asked);
    return asked;
  }
}
