import { arnOf } from './physical-resource';
import { EXAMPLE_PLACE, type Place } from './place';
import { listed, type PolicyDocument } from './policy-document';
import { PolicyEvaluationError } from './policy-evaluation-error';
import { Resolver } from './resolver';
import type { Resource, Template } from './template';

/**
 * `identity`: what an IAM role may; `resource`: who may do what with a resource; `trust`: who may assume an IAM role.
 */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** A policy of a template. */
export interface TemplatePolicy {
  readonly kind: PolicyKind;
  /** Logical id and property, for messages. */
  readonly place: string;
  readonly document: PolicyDocument;
  /** ARNs of the IAM roles that it is attached to, or of the resources that it is about. */
  readonly of: readonly string[];
}

/** Types that hold the policy of another resource: in which property, whose, and of which type that is. */
const RESOURCE_POLICIES: { readonly [type: string]: { document: string; of: string; type: string } } = {
  'AWS::S3::BucketPolicy': { document: 'PolicyDocument', of: 'Bucket', type: 'AWS::S3::Bucket' },
  'AWS::SecretsManager::ResourcePolicy': {
    document: 'ResourcePolicy',
    of: 'SecretId',
    type: 'AWS::SecretsManager::Secret',
  },
  'AWS::SNS::TopicPolicy': { document: 'PolicyDocument', of: 'Topics', type: 'AWS::SNS::Topic' },
  'AWS::SQS::QueuePolicy': { document: 'PolicyDocument', of: 'Queues', type: 'AWS::SQS::Queue' },
};

/**
 * The policies of synthesised templates, as IAM will see them.
 *
 * @example
 * const policies = new TemplatePolicies([Template.fromStack(stack).toJSON()]);
 * const principal = policies.arn('TaskRole');
 * await evaluate({
 *   identityPolicies: policies.identityPolicies(principal),
 *   resourcePolicy: policies.resourcePolicy(policies.arn('Bucket')),
 *   request: { principal, action: 's3:GetObject', resource: `${policies.arn('Bucket')}/session` },
 * }); // 'allowed'
 */
export class TemplatePolicies {
  /** Every policy of the templates. */
  readonly all: readonly TemplatePolicy[];
  private readonly resolver: Resolver;

  /**
   * @param templates templates that are deployed together
   * @param deployedTo what `AWS::AccountId` and the like stand for
   * @throws PolicyEvaluationError when a policy refers to something that cannot be resolved
   */
  constructor(
    private readonly templates: readonly Template[],
    private readonly deployedTo: Place = EXAMPLE_PLACE,
  ) {
    this.resolver = new Resolver(templates, deployedTo);
    this.all = templates.flatMap((template) =>
      Object.entries(template.Resources ?? {}).flatMap(([id, resource]) => this.policiesOf(id, resource, template)),
    );
  }

  /**
   * ARN of the one resource whose logical id starts so: CDK's id and eight characters of a hash.
   *
   * @throws PolicyEvaluationError when there is none, or more than one
   */
  arn(id: string): string {
    const found = this.templates.flatMap((template) =>
      Object.keys(template.Resources ?? {})
        .filter((logicalId) => logicalId === id || (logicalId.startsWith(id) && logicalId.length === id.length + 8))
        .map((logicalId) => this.resolver.physical(logicalId, template).arn),
    );
    if (found[0] !== undefined && found.length === 1) return found[0];
    throw new PolicyEvaluationError(
      `\`id\` must be that of one resource of the templates, got: ${id} (${found.length}).`,
    );
  }

  /** What is attached to an IAM role, within the templates. */
  identityPolicies(roleArn: string): PolicyDocument[] {
    return this.documents('identity', roleArn);
  }

  /** Who may assume an IAM role. @throws PolicyEvaluationError when the templates hold no such IAM role */
  trust(roleArn: string): PolicyDocument {
    return this.only('trust', roleArn);
  }

  /** The policy of a resource. @throws PolicyEvaluationError when it has none */
  resourcePolicy(resourceArn: string): PolicyDocument {
    return this.only('resource', resourceArn);
  }

  private only(kind: PolicyKind, arn: string): PolicyDocument {
    const [document] = this.documents(kind, arn);
    if (document) return document;
    throw new PolicyEvaluationError(`the templates must hold a ${kind} policy of ${arn}, got: none.`);
  }

  private documents(kind: PolicyKind, arn: string): PolicyDocument[] {
    return this.all.filter((policy) => policy.kind === kind && policy.of.includes(arn)).map(({ document }) => document);
  }

  private policiesOf(id: string, resource: Resource, template: Template): TemplatePolicy[] {
    const { Type, Properties = {} } = resource;
    const resolved = (property: string) => this.resolver.resolve(Properties[property], template);
    const policy = (kind: PolicyKind, property: string, of: readonly string[], document = resolved(property)) => ({
      kind,
      place: `${id}.${property}`,
      document: document as PolicyDocument,
      of,
    });
    const arns = (property: string, type: string) =>
      listed(resolved(property) as string | string[]).map((name) => arnOf(type, name, this.deployedTo));
    const roleArns = () => arns('Roles', 'AWS::IAM::Role');
    const resourcePolicy = RESOURCE_POLICIES[Type];
    if (resourcePolicy) {
      const of = arns(resourcePolicy.of, resourcePolicy.type);
      return [policy('resource', resourcePolicy.document, of)];
    }
    switch (Type) {
      case 'AWS::IAM::Role': {
        const { arn } = this.resolver.physical(id, template);
        const inline = listed(resolved('Policies') as { PolicyDocument: PolicyDocument }[]);
        return [
          policy('trust', 'AssumeRolePolicyDocument', [arn]),
          ...inline.map(({ PolicyDocument: document }, index) =>
            policy('identity', `Policies[${index}]`, [arn], document),
          ),
        ];
      }
      case 'AWS::IAM::Policy':
        return [policy('identity', 'PolicyDocument', roleArns())];
      case 'AWS::IAM::ManagedPolicy':
        return [policy('identity', 'PolicyDocument', [...roleArns(), this.resolver.physical(id, template).arn])];
      case 'AWS::KMS::Key':
        return [policy('resource', 'KeyPolicy', [this.resolver.physical(id, template).arn])];
      default:
        return [];
    }
  }
}
