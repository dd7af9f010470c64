import { type Parameter, paginateGetParametersByPath } from '@aws-sdk/client-ssm';
import { type ContractName, contractPath, parameterName } from '@user-metrics/sst/contract';
import type { Account } from './account';

/** Reads one published value, as the SST side would. */
export async function published({ aws, stage }: Account, name: ContractName): Promise<string> {
  const { Parameter } = await aws.ssm.getParameter({ Name: parameterName(stage, name) });
  return Parameter?.Value ?? '';
}

/** All parameters of the stage. */
export async function publishedParameters({ aws, stage }: Account): Promise<Parameter[]> {
  const parameters: Parameter[] = [];
  const pages = paginateGetParametersByPath({ client: aws.ssm }, { Path: contractPath(stage), Recursive: true });
  for await (const page of pages) parameters.push(...(page.Parameters ?? []));
  return parameters;
}
