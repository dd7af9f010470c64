import { readFileSync } from 'node:fs';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib/core';
import { TagSchema, type Vocabulary } from '../schema';
import { describeTagProblem } from '../tag-schema-error';
import { checkTemplateTags, type Template } from './template-tags';

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

  validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = templatePaths.flatMap((templatePath) => this.violationsOf(templatePath));
    return { success: violations.length === 0, violations };
  }

  private violationsOf(templatePath: string): PolicyViolation[] {
    const template = JSON.parse(readFileSync(templatePath, 'utf8')) as Template;
    return checkTemplateTags(template, this.schema).violations.map(({ logicalId, type, property, problem }) => ({
      ruleName: 'tag-schema',
      description: `${type}: ${describeTagProblem(problem)}`,
      fix: `Tags.of(construct).add('${problem.key}', '${problem.allowed?.[0] ?? 'value'}');`,
      violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: [`Properties.${property}`] }],
    }));
  }
}
