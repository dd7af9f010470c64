import { tagKeyProblem, tagValueProblem } from '@user-metrics/tagging/schema';

/** Characters that a service accepts in a text, and the longest text in characters. */
type Rule = readonly [characters: RegExp, longest: number];

const ANY = /^[^\p{C}]*$/u;
// Amazon EC2 API, "CreateSecurityGroup" and "IpRange".
const OF_EC2: Rule = [/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/, 255];
// IAM API, "CreateRole" and "CreatePolicy".
const OF_IAM: Rule = [/^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/, 1000];
// IAM user guide, "IAM JSON policy elements: Sid".
const SID: Rule = [/^[A-Za-z0-9]*$/, 128];

/** What each service's API reference says of the texts that we write. */
const RULES: { readonly [typeAndPath: string]: Rule } = {
  'AWS::BCM::Dashboard Description': [ANY, 200],
  'AWS::BCM::Dashboard Name': [/^(?!.* {2})[A-Za-z][\w -]*[\w-]$/, 50],
  'AWS::BCM::Dashboard Widgets.Description': [ANY, 200],
  'AWS::BCM::ScheduledReport Description': [ANY, 200],
  'AWS::BCM::ScheduledReport Name': [/^(?!.* {2})[A-Za-z][\w -]*[\w-]$/, 50],
  'AWS::CloudWatch::Alarm AlarmDescription': [ANY, 1024],
  'AWS::EC2::SecurityGroup GroupDescription': OF_EC2,
  'AWS::EC2::SecurityGroup SecurityGroupEgress.Description': OF_EC2,
  'AWS::EC2::SecurityGroup SecurityGroupIngress.Description': OF_EC2,
  'AWS::EC2::SecurityGroupEgress Description': OF_EC2,
  'AWS::EC2::SecurityGroupIngress Description': OF_EC2,
  'AWS::Events::Rule Description': [ANY, 512],
  'AWS::IAM::ManagedPolicy Description': OF_IAM,
  'AWS::IAM::Policy PolicyName': [/^[\w+=,.@-]+$/, 128],
  'AWS::IAM::Role Description': OF_IAM,
  'AWS::IAM::Role Policies.PolicyName': [/^[\w+=,.@-]+$/, 128],
  'AWS::KMS::Key Description': [ANY, 8192],
  'AWS::KMS::Key KeyPolicy.Statement.Sid': SID,
  'AWS::Lambda::Function Description': [ANY, 256],
  'AWS::ResourceGroups::Group Description': [/^[\sA-Za-z0-9_.-]*$/, 1024],
  'AWS::ResourceGroups::Group Name': [/^[A-Za-z0-9_.-]+$/, 128],
  'AWS::S3::BucketPolicy PolicyDocument.Statement.Sid': SID,
  'AWS::SecretsManager::Secret Description': [ANY, 2048],
  'AWS::SNS::Topic DisplayName': [ANY, 100],
  'AWS::SNS::TopicPolicy PolicyDocument.Statement.Sid': SID,
  'AWS::SSM::Parameter Description': [ANY, 1024],
  'AWS::SSM::Parameter Name': [/^[a-zA-Z0-9_.\-/]+$/, 1011],
  'template Description': [ANY, 1024],
  'template Outputs.Description': [ANY, 1024],
  'template Outputs.Export.Name': [/^[A-Za-z0-9:-]+$/, 255],
  'template Outputs.Value': [/^[^\p{C}]*(\n[^\p{C}]*)*$/u, 4096],
};

/** Properties that hold such a text; one without a rule is a problem of its own. */
const TEXT = /(^|\.)(\w*Description|DisplayName|PolicyName|Sid|Export\.Name)$|^Name$|^Outputs\.Value$/;

/** A CloudFormation template, as far as it holds texts. */
export interface TextTemplate {
  readonly Description?: string;
  readonly Outputs?: { readonly [key: string]: object };
  readonly Resources?: { readonly [logicalId: string]: { readonly Type: string; readonly Properties?: object } };
}

/** Every text of a template that the service would refuse, and every tag. */
export function textProblems({ Description, Outputs = {}, Resources = {} }: TextTemplate): string[] {
  const ofResources = Object.values(Resources).flatMap(({ Type, Properties = {} }) =>
    Type.startsWith('Custom::') ? [] : problemsIn(Type, '', Properties),
  );
  return [...problemsIn('template', '', { Description, Outputs: Object.values(Outputs) }), ...ofResources];
}

function problemsIn(type: string, path: string, value: unknown): string[] {
  const text = textOf(value);
  if (text !== undefined) return TEXT.test(path) ? problemsOf(`${type} ${path}`, text) : [];
  if (Array.isArray(value)) {
    if (/(^|\.)\w*Tags$/.test(path)) return tagProblems(type, value);
    return value.flatMap((each) => problemsIn(type, path, each));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => problemsIn(type, path === '' ? key : `${path}.${key}`, each));
}

/** A text, without what only a deployment knows. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const [, parts] = ((value as { 'Fn::Join'?: [string, unknown[]] } | null)?.['Fn::Join'] ?? []) as [
    string?,
    unknown[]?,
  ];
  return parts?.map((part) => (typeof part === 'string' ? part : '')).join('');
}

function problemsOf(property: string, text: string): string[] {
  const rule = RULES[property];
  if (!rule) return [`${property} has no rule: ${text}`];
  const [characters, longest] = rule;
  if (text.length > longest) return [`${property} is longer than ${longest}: ${text}`];
  return characters.test(text) ? [] : [`${property} has a character that the service refuses: ${text}`];
}

function tagProblems(type: string, tags: readonly { Key: string; Value: unknown }[]): string[] {
  const problems = tags.flatMap(({ Key, Value }) => [
    tagKeyProblem(Key),
    typeof Value === 'string' ? tagValueProblem(Value) : undefined,
    tags.filter((other) => other.Key.toLowerCase() === Key.toLowerCase()).length > 1 ? 'appears twice' : undefined,
  ]);
  return problems.flatMap((problem, index) =>
    problem === undefined ? [] : [`${type} tag ${tags[Math.floor(index / 3)]?.Key}: ${problem}`],
  );
}
