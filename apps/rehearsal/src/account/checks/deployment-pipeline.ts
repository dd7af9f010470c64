import { FRONTEND_BUCKET, FRONTEND_OBJECTS } from '../existing-application/frontend';
import { APPLICATION_FUNCTIONS, functionCode } from '../existing-application/functions';
import type { AccountCheck } from './account-check';

/** `1.1.IV3`: the application deploys itself (code, configuration, objects, an invalidation) and is rolled back. */
export const deploymentPipeline: AccountCheck = {
  id: '1.1.IV3',
  async run({ aws, existingApplication }) {
    const [FunctionName = ''] = Object.keys(APPLICATION_FUNCTIONS);
    const { Environment } = await aws.lambda.getFunctionConfiguration({ FunctionName });
    const release = async (name: string): Promise<string> => {
      const Variables = { ...Environment?.Variables, RELEASE: name };
      await aws.lambda.updateFunctionCode({ FunctionName, ZipFile: functionCode() });
      await aws.lambda.updateFunctionConfiguration({ FunctionName, Environment: { Variables } });
      for (const [Key, Body] of Object.entries(FRONTEND_OBJECTS))
        await aws.s3.putObject({ Bucket: FRONTEND_BUCKET, Key, Body });
      await aws.cloudFront.createInvalidation({
        DistributionId: existingApplication.distributionId,
        InvalidationBatch: { CallerReference: `${name}-${Date.now()}`, Paths: { Quantity: 1, Items: ['/*'] } },
      });
      const { Payload } = await aws.lambda.invoke({ FunctionName });
      return String(JSON.parse(Payload?.transformToString() ?? '{}').release);
    };
    const previous = Environment?.Variables?.['RELEASE'] ?? '';
    const problem = await release('second').then(
      (answered) => (answered === 'second' ? undefined : `${FunctionName} answers as release ${answered}`),
      ({ message }: Error) => message,
    );
    await release(previous);
    return {
      wrong: problem ? [problem] : [],
      evidence: `${FunctionName} released and rolled back, frontend published`,
    };
  },
};
