import { CONTRACT, type ContractName, type ContractNameOf, parameterName } from '@user-metrics/sst/contract';
import { applyComponentTags } from '@user-metrics/tagging';
import { StringListParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Foundation, Stage } from '../config';
import { type StageConcern, stageStackName } from './stack-names';

/** What every stack of a stage knows. */
export interface StageContext {
  readonly name: string;
  readonly stage: Stage;
  readonly region: string;
  readonly foundation: Foundation;
}

/** A stack of the foundation: in a known account and Region, and without context lookups. */
export class FoundationStack extends Stack {
  constructor(scope: Construct, stackName: string, description: string, place: { account: string; region: string }) {
    super(scope, stackName, { stackName, description, env: place });
  }
}

/** A stack of one concern of a stage. It publishes its part of the contract. */
export class StageStack extends FoundationStack {
  constructor(
    scope: Construct,
    protected readonly context: StageContext,
    concern: StageConcern,
    description: string,
  ) {
    const { name, stage, region } = context;
    super(scope, stageStackName(name, concern), `${description} (${name})`, { account: stage.account, region });
  }

  /** Publishes every value of a concern: the type asks for exactly those that the contract lists. */
  protected publish<Concern extends string>(
    concern: Concern,
    values: { readonly [Name in ContractNameOf<Concern>]: string | string[] },
  ): void {
    const published = new Construct(this, `Published-${concern}`);
    for (const [name, value] of Object.entries(values) as [ContractName, string | string[]][]) {
      const common = { parameterName: parameterName(this.context.name, name), description: CONTRACT[name].meaning };
      if (Array.isArray(value)) new StringListParameter(published, name, { ...common, stringListValue: value });
      else new StringParameter(published, name, { ...common, stringValue: value });
    }
    applyComponentTags(published, 'infrastructure');
  }

  /** Something the user has to do, shown by the CDK CLI at the end of the deployment. */
  protected tell(id: string, lines: readonly string[]): void {
    if (lines.length > 0) new CfnOutput(this, id, { value: lines.join('\n') });
  }
}
