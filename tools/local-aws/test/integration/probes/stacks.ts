import { type ProbeContext, type Probes, unique } from './probe';
import { createStack, settled } from './stack';

/** A parameter that costs nothing, so that there is a stack at all. */
const Parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'probe' } };

/** What CloudFormation does with whole stacks. */
export const stacks: Probes = {
  'change sets of outputs': async (context) => {
    const StackName = unique('outputs');
    const { cloudFormation } = context;
    await createStack(context, { Resources: { Parameter } }, StackName);
    const Outputs = { It: { Value: 'new', Export: { Name: StackName } } };
    const ChangeSetName = await changeSet(context, StackName, { Resources: { Parameter }, Outputs });
    const isRefused = await cloudFormation.executeChangeSet({ ChangeSetName }).then(
      () => false,
      () => true,
    );
    return isRefused || (await settled(cloudFormation, StackName)).Outputs?.[0]?.OutputValue !== 'new';
  },
  'held answers': async (context) => {
    const StackName = unique('held');
    const { cloudFormation } = context;
    await createStack(context, { Resources: { Parameter } }, StackName);
    // A resource that takes a moment: a function that is asked before it answers.
    const template = { Resources: { Parameter, ...slow(context.aws.account) } };
    await cloudFormation.executeChangeSet({ ChangeSetName: await changeSet(context, StackName, template) });
    const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName });
    await settled(cloudFormation, StackName);
    return stack?.StackStatus?.endsWith('IN_PROGRESS') === true;
  },
};

async function changeSet({ cloudFormation }: ProbeContext, StackName: string, template: object): Promise<string> {
  const TemplateBody = JSON.stringify(template);
  const made = await cloudFormation.createChangeSet({ StackName, ChangeSetName: 'change', TemplateBody });
  return made.Id ?? '';
}

function slow(account: string) {
  const answer = `exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId }) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const body = { Status: 'SUCCESS', PhysicalResourceId: 'it', StackId, RequestId, LogicalResourceId };
    await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(body) });
  };`;
  return custom(account, answer);
}

function custom(account: string, ZipFile: string) {
  const Handler = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: `arn:aws:iam::${account}:role/any`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 10,
      Code: { ZipFile },
    },
  };
  const ServiceToken = { 'Fn::GetAtt': ['Handler', 'Arn'] };
  return { Handler, Custom: { Type: 'Custom::Probe', Properties: { ServiceToken } } };
}
