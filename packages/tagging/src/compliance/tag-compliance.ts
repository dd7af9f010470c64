import { readFileSync } from 'node:fs';
import {
  CfnResource,
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  TagManager,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { TagSchema, type Vocabulary } from '../schema';
import { describeTagProblem } from '../tag-schema-error';
import { checkTemplateTags, type TagViolation, type Template } from './template-tags';

/** Options of {@link TagCompliance}. */
export interface TagComplianceOptions<V extends Vocabulary> {
  /**
   * Schema that every taggable resource has to follow.
   *
   * @default TagSchema.STANDARD
   */
  readonly schema?: TagSchema<V>;
}

/**
 * Fails synth when a taggable resource lacks a required tag, has an empty one, or one outside the vocabulary.
 *
 * @example
 * Validations.of(app).addPlugins(new TagCompliance());
 */
export class TagCompliance<V extends Vocabulary> implements IPolicyValidationPlugin {
  readonly name = 'TagCompliance';
  private readonly schema: TagSchema<V> | TagSchema;

  constructor(options: TagComplianceOptions<V> = {}) {
    this.schema = options.schema ?? TagSchema.STANDARD;
  }

  /** Called by the CDK at synth. The untaggable types stand with their reasons in the metadata of the report. */
  validate({ templatePaths, appConstruct }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations: PolicyViolation[] = [];
    const metadata: { [type: string]: string } = {};
    for (const templatePath of templatePaths) {
      const report = checkTemplateTags(JSON.parse(readFileSync(templatePath, 'utf8')) as Template, this.schema);
      violations.push(...report.violations.map((violation) => asViolation(violation, templatePath, appConstruct)));
      for (const [type, { reason }] of Object.entries(report.untaggable)) metadata[type] = `not checked: ${reason}`;
    }
    return { success: violations.length === 0, violations, metadata };
  }
}

function asViolation(violation: TagViolation, templatePath: string, app: IConstruct | undefined): PolicyViolation {
  const { logicalId, constructPath = logicalId, type, property, problem } = violation;
  return {
    ruleName: 'tag-schema',
    description: `${constructPath} (${type}): ${describeTagProblem(problem)}`,
    fix: lineToAdd(violation, app),
    violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: [`Properties.${property}`] }],
  };
}

/** A line for the place where the construct is made. */
function lineToAdd(
  { logicalId, constructPath = logicalId, property, problem }: TagViolation,
  app: IConstruct | undefined,
): string {
  if (problem.key === property) return `Give ${property} as literals; construct: ${constructPath}`;
  const value = problem.allowed?.[0] ?? '<value>';
  if (isOutOfReach(constructPath, app)) {
    const tag = `{ ...tags, ${problem.key}: '${value}' }`;
    return `ObservabilityTags.of(construct).apply(${tag}); // Tags.of() does not reach it; construct: ${constructPath}`;
  }
  // CDK names the L1 below an L2 `Resource`; people know the L2.
  const construct = constructPath.replace(/\/Resource$/, '');
  return `Tags.of(construct).add('${problem.key}', '${value}'); // construct: ${construct}`;
}

/** Whether `Tags.of()` passes a resource by: one without a class of its own (aws/aws-cdk#13851). */
function isOutOfReach(path: string, app: IConstruct | undefined): boolean {
  const construct = path.split('/').reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), app);
  return construct !== undefined && CfnResource.isCfnResource(construct) && TagManager.of(construct) === undefined;
}
