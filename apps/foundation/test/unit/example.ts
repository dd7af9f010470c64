import type { App } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { buildApp, ConfigError, type ConfigProblem, checkFoundation, type FoundationConfig } from '../../src';

/** A configuration with one stage that is valid as it is; tests change what they are about. */
export function exampleConfig(): Editable<FoundationConfig> {
  return {
    tags: { project: 'UserMetrics', costCenter: 'Observability', owner: 'platform-team' },
    accounts: { '111122223333': { region: 'eu-central-1', cost: { emails: ['platform@example.com'] } } },
    stages: { dev: exampleStage() },
  };
}

/** What the list of errors says of the example after a change. */
export function problemsAfter(change: (config: Editable<FoundationConfig>) => void): ConfigProblem[] {
  const config = exampleConfig();
  change(config);
  return problemsOf(config);
}

/** What the list of errors says of a configuration. */
export function problemsOf(config: FoundationConfig): ConfigProblem[] {
  try {
    checkFoundation(config, 'foundation.config.ts');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
}

/** @param names schema and database role, where those of another stage are taken @default - those of the configuration */
export function exampleStage(block = '10.40.250.0/24', names?: string): Editable<FoundationConfig>['stages'][string] {
  return {
    account: '111122223333',
    network: {
      mode: 'inside',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      vpcCidrBlocks: ['10.40.0.0/16'],
      block,
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      internetGatewayId: 'igw-0a1b2c3d4e5f60718',
      loadBalancer: { cloudFrontPrefixListId: 'pl-3b927c52' },
    },
    database: {
      clusterIdentifier: 'application',
      host: 'application.cluster-c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com',
      name: 'application',
      adminSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:application-admin-a1B2c3',
      securityGroupId: 'sg-0a1b2c3d4e5f60718',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      owner: 'none',
      ...(names === undefined ? {} : { schema: names, databaseRole: names }),
    },
  };
}

const { builtApps = new Map() } = globalThis as { builtApps?: Map<string, App> };
Object.assign(globalThis, { builtApps });

/** The app of a configuration, one for all test files of a worker: a synthesis takes a fifth of a second. Only read it. */
export function appOfConfig(config: unknown, stage = 'dev'): App {
  const key = JSON.stringify([config, stage]);
  const app = builtApps.get(key) ?? buildApp(checkFoundation(config, 'foundation.config.ts'), stage);
  builtApps.set(key, app);
  return app;
}

/** Its assembly. */
export function assemblyOfConfig(config: unknown, stage?: string): CloudAssembly {
  return appOfConfig(config, stage).synth();
}

type Editable<T> = T extends object ? { -readonly [Key in keyof T]: Editable<T[Key]> } : T;
