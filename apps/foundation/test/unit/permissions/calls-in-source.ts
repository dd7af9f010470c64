import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clientsFor } from '../../../src/account/clients';
import { iamAction } from '../../../src/account/iam-action';

/** Clients by the name that the source gives them; the constructor's package is found by its service. */
const CLIENTS = clientsFor({ region: 'us-east-1' });
type ClientName = keyof typeof CLIENTS;

/**
 * The IAM actions of the calls that a command can make: those in its file and in every file of the application that it imports.
 * A recorded run sees only what its account asks for.
 *
 * @param command its file
 */
export function actionsOf(command: string): string[] {
  const files = new Set<string>();
  follow(command, files);
  return [...new Set([...files].flatMap((file) => actionsIn(readFileSync(file, 'utf8'))))].sort();
}

/**
 * Files that a file imports, and it; types are no calls. Of an `index.ts` only what is imported by its name: a folder exports
 * more than one command needs.
 */
function follow(file: string, seen: Set<string>, wanted?: readonly string[]): void {
  const isIndex = /\/index\.tsx?$/.test(file);
  if (!isIndex && seen.has(file)) return;
  seen.add(file);
  for (const [statement, list, path = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )(?:[\w* ]*\{([^}]*)\}|[^;{]*?) from '(\.[^']+)';/gms,
  )) {
    const names = list?.split(',').flatMap((one) => /^\s*(?!type )(\w+)/.exec(one)?.[1] ?? []);
    const passedOn = statement.startsWith('export') && wanted ? names?.filter((name) => wanted.includes(name)) : names;
    if (passedOn?.length === 0) continue;
    const base = join(dirname(file), path);
    const found = [`${base}.ts`, `${base}.tsx`, join(base, 'index.ts')].find(existsSync);
    if (found) follow(found, seen, passedOn);
  }
}

/** `ec2.describeVpcs(`, `paginateDescribeVpcs(`, `new DescribeVpcsCommand(`. */
function actionsIn(text: string): string[] {
  const names = Object.keys(CLIENTS).join('|');
  const methods = [...text.matchAll(new RegExp(`\\b(${names})\\s*\\.\\s*(\\w+)\\(`, 'g'))].flatMap(
    ([, name, method = '']) =>
      isOperation(name as ClientName, method) ? [iamAction(serviceIdOf(name as ClientName), capitalised(method))] : [],
  );
  const imported = [...text.matchAll(/import \{([^}]*)\} from '(@aws-sdk\/client-[^']+)'/g)].flatMap(
    ([, list = '', from = '']) =>
      [...list.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(([, paginated, sent]) =>
        iamAction(serviceIdIn(from), paginated ?? sent ?? ''),
      ),
  );
  return [...methods, ...imported];
}

function isOperation(name: ClientName, method: string): boolean {
  return (
    typeof (CLIENTS[name] as unknown as { [method: string]: unknown })[method] === 'function' &&
    !/^(send|destroy)$/.test(method)
  );
}

function serviceIdOf(name: ClientName): string {
  return CLIENTS[name].config.serviceId;
}

/** The service of a package: `@aws-sdk/client-cloudwatch-logs` is `CloudWatch Logs`. */
function serviceIdIn(from: string): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const ids = (Object.keys(CLIENTS) as ClientName[]).map(serviceIdOf);
  const id = ids.find((one) => plain(one) === plain(from.replace('@aws-sdk/client-', '')));
  if (!id) throw new Error(`${from} is not among the clients of clients.ts.`);
  return id;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
