import type { DeployedStack } from '../../account/deployed-stacks';
import { referencesIn, type Template } from '../../account/template';

/** An export that would not be the same after a deployment. */
export interface LostExport {
  /** Name by which other stacks import it. */
  readonly name: string;
  /** What becomes of it, as the end of a sentence that starts with the stack. */
  readonly change: string;
}

/**
 * The exports that a deployment would remove, or give another value: CloudFormation refuses both while another stack uses
 * them, after it has begun to change the stack. What may be replaced or not, as only CloudFormation can tell, is not among
 * them.
 *
 * @param deployed the stack as it is
 * @param next its template as it would be
 */
export async function lostExports({ template, exports }: DeployedStack, next: Template): Promise<LostExport[]> {
  const replaced = await replacedResources(template, next);
  const lost = [...exports].map(([key, name]): LostExport | undefined => {
    const before = template.Outputs?.[key]?.Value;
    const after = Object.values(next.Outputs ?? {}).find((output) => output.Export?.Name === name);
    if (!after) return { name, change: `would no longer export ${name}` };
    const because = [...referencesIn(after.Value)].flatMap((id) => replaced.get(id) ?? [])[0];
    if (because) return { name, change: `would replace ${because}` };
    return isAnother(before, after.Value) ? { name, change: `would give ${name} another value` } : undefined;
  });
  return lost.filter((each) => each !== undefined);
}

/** Resources that CloudFormation would replace, described, by logical id. */
async function replacedResources(before: Template, next: Template): Promise<Map<string, string>> {
  // Takes a while to load, and most commands do without.
  const { fullDiff, ResourceImpact } = await import('@aws-cdk/cloudformation-diff');
  const replaced = new Map<string, string>();
  fullDiff(before, next).resources.forEachDifference((logicalId, { changeImpact, propertyUpdates }) => {
    if (changeImpact !== ResourceImpact.WILL_REPLACE) return;
    const properties = Object.entries(propertyUpdates)
      .filter(([, update]) => update.changeImpact === ResourceImpact.WILL_REPLACE)
      .map(([property]) => property);
    const { Type = '', Metadata } = next.Resources?.[logicalId] ?? {};
    const path = String(Metadata?.['aws:cdk:path'] ?? logicalId).replace(/^[^/]+\/|\/Resource$/g, '');
    replaced.set(logicalId, `${path} (${[Type, properties.join(', ')].filter(Boolean).join(': ')})`);
  });
  return replaced;
}

/** Whether two values of an output are surely different: of other resources, or other texts. */
function isAnother(before: unknown, after: unknown): boolean {
  const [one, other] = [referencesIn(before), referencesIn(after)];
  if (one.size === 0 && other.size === 0) return JSON.stringify(before) !== JSON.stringify(after);
  return one.size !== other.size || [...one].some((name) => !other.has(name));
}
