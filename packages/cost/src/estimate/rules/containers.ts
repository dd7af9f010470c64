import type { Item, Rules } from '../resource';
import { HOURS } from '../usage';

/** What tasks on Fargate, and the load balancer before them, cost. */
export const CONTAINER_RULES: Rules = {
  // The size is in the task definition, so that the service of one task is billed by it.
  'AWS::ECS::TaskDefinition': ({ Cpu, Memory, RuntimePlatform }) => {
    const [vcpu, gigabytes] = [Number(Cpu) / 1024, Number(Memory) / 1024];
    // Prices are of Linux on x86.
    if (!(vcpu > 0 && gigabytes > 0) || RuntimePlatform !== undefined) return undefined;
    return [
      { price: 'fargate.vcpu', quantity: vcpu * HOURS, assumption: `${vcpu} vCPU all the time` },
      { price: 'fargate.gb', quantity: gigabytes * HOURS, assumption: `${gigabytes} GB all the time` },
    ];
  },
  'AWS::ECS::Service': ({ DesiredCount = 1, LaunchType }) =>
    DesiredCount === 1 && LaunchType === 'FARGATE' ? [] : undefined,
  // Container Insights bills metrics of each task.
  'AWS::ECS::Cluster': ({ ClusterSettings }) =>
    ((ClusterSettings ?? []) as { readonly Value?: string }[]).every(({ Value }) => Value === 'disabled')
      ? []
      : undefined,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ Type = 'application', Scheme, Subnets }) => {
    if (Type !== 'application') return undefined;
    const zones = Array.isArray(Subnets) ? Subnets.length : 2;
    const addresses: Item[] = [
      { price: 'ipv4.hour', quantity: zones * HOURS, assumption: 'a public address in each Availability Zone' },
    ];
    return [
      { price: 'alb.hour', quantity: HOURS, assumption: 'all the time' },
      { price: 'alb.lcu', quantity: HOURS, assumption: 'one capacity unit in the mean' },
      ...(Scheme === 'internal' ? [] : addresses),
    ];
  },
};
