// Starts a local AWS, runs a function in it, and waits to be killed or returns.
const {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} = require('@aws-sdk/client-cloudformation');
const { InvokeCommand, LambdaClient } = require('@aws-sdk/client-lambda');
const { startLocalAws } = require('@user-metrics/local-aws');

const Resources = {
  Hello: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'hello',
      Role: 'arn:aws:iam::000000000000:role/any',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => "hello";' },
    },
  },
};

(async () => {
  const { endpoint, region, credentials } = await startLocalAws();
  const client = new CloudFormationClient({ endpoint, region, credentials });
  const StackName = 'hello';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  await waitUntilStackCreateComplete({ client, minDelay: 0.1, maxDelay: 0.1, maxWaitTime: 30 }, { StackName });
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'hello' }));
  process.stdout.write(`${Buffer.from(Payload)}\n`);
  for (const open of [client, lambda]) open.destroy();
  if (process.argv[2] !== 'return') setInterval(() => {}, 1000);
})();
