import { type ProbeContext, type Probes, unique } from './probe';
import { createStack, settled } from './stack';

/** A parameter that costs nothing, so that there is a stack at all. */
const Parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'probe' } };

/** What CloudFormation does with whole stacks. */
export const stacks: Probes = {
  'changes of outputs': async (context) => {
    const StackName = unique('outputs');
    await createStack(context, { Resources: { Parameter } }, StackName);
    const { status } = await changeSet(context, StackName, {
      Resources: { Parameter },
      Outputs: { Name: { Value: { Ref: 'Parameter' } } },
    });
    return status === 'FAILED';
  },
  'exports in use': async (context) => {
    const [exporter, Name] = [unique('exporter'), unique('export')];
    const Outputs = { Name: { Value: { Ref: 'Parameter' }, Export: { Name } } };
    await createStack(context, { Resources: { Parameter }, Outputs }, exporter);
    const imported = { Type: 'String', Value: { 'Fn::ImportValue': Name } };
    await createStack(context, { Resources: { Parameter: { ...Parameter, Properties: imported } } });
    const changed = { ...Parameter, Properties: { Type: 'String', Value: 'changed' } };
    const TemplateBody = JSON.stringify({ Resources: { Parameter: changed } });
    await context.cloudFormation.updateStack({ StackName: exporter, TemplateBody });
    return (await settled(context.cloudFormation, exporter)).StackStatus === 'UPDATE_COMPLETE';
  },
  'held answers': async (context) => {
    const StackName = unique('held');
    const { cloudFormation } = context;
    await createStack(context, { Resources: { Parameter } }, StackName);
    // A resource that takes a moment: a function that is asked before it answers.
    const { id } = await changeSet(context, StackName, { Resources: { Parameter, ...slow(context.aws.account) } });
    await cloudFormation.executeChangeSet({ ChangeSetName: id });
    const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName });
    await settled(cloudFormation, StackName);
    return stack?.StackStatus?.endsWith('IN_PROGRESS') === true;
  },
  'dying custom resource': async (context) => {
    const StackName = unique('dying');
    const Resources = custom(context.aws.account, 'exports.handler = async () => { throw new Error("dies"); };');
    const TemplateBody = JSON.stringify({ Resources });
    await context.cloudFormation.createStack({ StackName, TemplateBody, OnFailure: 'DO_NOTHING' });
    // Without an answer it stays in progress, for an hour.
    const stack = await settled(context.cloudFormation, StackName, 6_000).catch(() => undefined);
    return stack?.StackStatus !== 'CREATE_FAILED';
  },
};

async function changeSet(
  { cloudFormation }: ProbeContext,
  StackName: string,
  template: object,
): Promise<{ id: string; status: string | undefined }> {
  const TemplateBody = JSON.stringify(template);
  const made = await cloudFormation.createChangeSet({ StackName, ChangeSetName: 'change', TemplateBody });
  const ChangeSetName = made.Id ?? '';
  const found = await cloudFormation.describeChangeSet({ ChangeSetName });
  return { id: ChangeSetName, status: found.Status };
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
