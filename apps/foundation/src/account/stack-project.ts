import {
  type CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';

/**
 * The tag Project of a stack: whose it is, where several configurations share an account.
 *
 * @returns nothing for a stack without the tag, or that is not deployed
 */
export async function projectOf(StackName: string, client: CloudFormationClient): Promise<string | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.Tags?.find(({ Key }) => Key === 'Project')?.Value;
  } catch (error) {
    if (error instanceof CloudFormationServiceException && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
