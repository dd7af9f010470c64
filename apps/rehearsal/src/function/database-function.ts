import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RehearsalError } from '../rehearsal-error';

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
}

/** The database function as it would be deployed: its code in the assembly, and what CloudFormation would send it. */
export interface DatabaseFunction {
  /** Folder of the code that would be uploaded. */
  readonly codeFolder: string;
  /** e.g. `index.handler` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  /** Logical id of the custom resource. */
  readonly logicalId: string;
  /** Its properties, every reference replaced by an ARN of this machine's making. */
  readonly resourceProperties: { readonly [name: string]: unknown };
  /** ARNs of the secrets: the administrator's, and Umami's own. */
  readonly adminSecretArn: string;
  readonly secretArn: string;
}

/**
 * Finds the function behind the custom resource of the database stack, the way CloudFormation would: from the custom
 * resource to its provider, from there to the function, and from that to its asset.
 */
export function findDatabaseFunction(assembly: string, stackName: string): DatabaseFunction {
  const template = readJson(join(assembly, `${stackName}.template.json`)) as {
    Resources: { [logicalId: string]: Resource };
  };
  const resources = template.Resources;
  const [logicalId, custom] = Object.entries(resources).find(([, { Type }]) => Type === 'Custom::UmamiDatabase') ?? [];
  if (!logicalId || !custom) throw new RehearsalError(`Stack ${stackName} has no Custom::UmamiDatabase.`);
  const provider = resources[attributeOf(custom.Properties['ServiceToken'])];
  const environment = provider?.Properties['Environment'] as { Variables: { [name: string]: unknown } };
  const target = resources[attributeOf(environment.Variables['USER_ON_EVENT_FUNCTION_ARN'])];
  const code = target?.Properties['Code'] as { S3Key: string };
  const resourceProperties = resolve(custom.Properties) as { [name: string]: unknown };
  return {
    codeFolder: join(assembly, assetFolder(join(assembly, `${stackName}.assets.json`), code.S3Key)),
    handler: String(target?.Properties['Handler']),
    timeoutSeconds: Number(target?.Properties['Timeout']),
    logicalId,
    resourceProperties,
    adminSecretArn: String(resourceProperties['AdminSecretArn']),
    secretArn: String(resourceProperties['SecretArn']),
  };
}

function assetFolder(manifest: string, key: string): string {
  const { files } = readJson(manifest) as { files: { [hash: string]: { source: { path: string } } } };
  const asset = files[key.replace(/\.zip$/, '')];
  if (!asset) throw new RehearsalError(`The assembly has no asset ${key}.`);
  return asset.source.path;
}

/** The logical id in `Fn::GetAtt: [id, Arn]`. */
function attributeOf(value: unknown): string {
  return String((value as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0]);
}

/** What references in the properties come to: ids of resources that exist only in the rehearsal. */
function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, inner] = ['', undefined]] = Object.entries(value);
  if (key === 'Ref' || key === 'Fn::GetAtt') return `arn:aws:rehearsal:::${[inner].flat().join('/')}`;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolve(part)]));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
