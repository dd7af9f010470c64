import { type Parameter, paginateGetParametersByPath } from '@aws-sdk/client-ssm';
import { type ContractName, contractPath, parameterName } from '@user-metrics/sst/contract';
import type { DeployedStage } from './deployed-stage';
import { all } from './pages';

type Deployed = Pick<DeployedStage, 'aws' | 'stage'>;

/** Reads one published value, as the SST side would. */
export async function published({ aws, stage }: Deployed, name: ContractName): Promise<string> {
  const { Parameter } = await aws.ssm.getParameter({ Name: parameterName(stage, name) });
  return Parameter?.Value ?? '';
}

/** All parameters of the stage. */
export async function publishedParameters({ aws, stage }: Deployed): Promise<Parameter[]> {
  const pages = paginateGetParametersByPath({ client: aws.ssm }, { Path: contractPath(stage), Recursive: true });
  return all(pages, ({ Parameters }) => Parameters);
}

/** Name of an IAM role in its ARN. */
export function nameInArn(arn: string): string {
  return arn.split('/').at(-1) ?? '';
}
