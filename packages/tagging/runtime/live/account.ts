import { paginateListRoles } from '@aws-sdk/client-iam';
import type { TagValues } from '../../src/schema';
import type { Clients } from './clients';
import type { Reading } from './finding';
import { AT_A_TIME, readResource } from './read-resource';
import { resourcesTagged } from './tagging-api';

/**
 * Everything in the account and Region that has a tag `Project`: what the tagging API lists, and the IAM roles, which it
 * does not.
 *
 * @param projects values of `Project`. @default - any
 */
export async function* readAccount(clients: Clients, projects: readonly string[] = []): AsyncGenerator<Reading> {
  for await (const page of resourcesTagged(clients, 'Project', [...projects])) {
    for (const { arn, tags } of page) yield { kind: 'tagged', resource: { id: arn, tags } };
  }
  for await (const { Roles = [] } of paginateListRoles({ client: clients.iam }, {})) {
    // Roles of AWS services take no tags.
    const names = Roles.filter(({ Path = '' }) => !Path.startsWith('/aws-service-role/')).map(
      ({ RoleName = '' }) => RoleName,
    );
    for (let start = 0; start < names.length; start += AT_A_TIME) {
      const some = names.slice(start, start + AT_A_TIME);
      const readings = await Promise.all(
        some.map((name) => readResource(clients, { id: name, type: 'AWS::IAM::Role' })),
      );
      yield* readings.filter((reading) => reading.kind !== 'tagged' || isOf(reading.resource.tags, projects));
    }
  }
}

function isOf({ Project }: TagValues, projects: readonly string[]): boolean {
  return Project !== undefined && (projects.length === 0 || projects.includes(Project));
}
