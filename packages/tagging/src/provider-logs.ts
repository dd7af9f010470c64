import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnResource, type IAspect } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { componentTags, type TagValues } from './schema';
import { writtenProperties } from './written-properties';

/** How long the log lines of CDK's own functions are kept: what our other functions do. */
const RETENTION_DAYS = 30;

/**
 * Gives the functions that CDK writes as plain `CfnResource` a log group in the template. Lambda would make one at the first
 * run, which nothing tags, and which keeps its lines for ever (aws/aws-cdk#17533). Functions of a class of their own have one
 * by the flag `@aws-cdk/aws-lambda:useCdkManagedLogGroup`.
 */
export class ProviderLogs implements IAspect {
  constructor(private readonly tags: TagValues) {}

  visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || node.cfnResourceType !== 'AWS::Lambda::Function') return;
    const { scope, id } = node.node;
    const logsId = `${id}Logs`;
    if (
      node instanceof CfnFunction ||
      !scope ||
      scope.node.tryFindChild(logsId) ||
      'LoggingConfig' in writtenProperties(node)
    )
      return;
    const { Function: purpose, DataType } = componentTags('logs');
    const logs = new CfnLogGroup(scope, logsId, { retentionInDays: RETENTION_DAYS });
    for (const [key, value] of Object.entries({ ...this.tags, Function: purpose, DataType }))
      logs.tags.setTag(key, value);
    node.addPropertyOverride('LoggingConfig.LogGroup', logs.ref);
  }
}
