import type { ProbeContext, Probes } from './probe';

const TYPES = [
  'AWS::Budgets::Budget',
  'AWS::EC2::EIP',
  'AWS::EC2::FlowLog',
  'AWS::EC2::NatGateway',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::VPCCidrBlock',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::ResourceGroups::Group',
];

/** The emulator refuses a template with a type that it does not know, whatever else stands there. */
export const types: Probes = Object.fromEntries(TYPES.map((Type) => [Type, (context) => isUnknown(context, Type)]));

export async function isUnknown({ cloudFormation }: ProbeContext, Type: string): Promise<boolean> {
  const TemplateBody = JSON.stringify({ Resources: { It: { Type, Properties: {} } } });
  return cloudFormation.createStack({ StackName: `type-${Type.replaceAll(':', '')}`, TemplateBody }).then(
    () => false,
    (error: Error) => error.message.includes(`Unrecognized resource types: [${Type}]`),
  );
}
