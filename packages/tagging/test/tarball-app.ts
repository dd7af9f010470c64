import { execFileSync } from 'node:child_process';
import { CostAllocationTags, ObservabilityTags, TagCompliance } from '@user-metrics/tagging';
import { payerHandOver } from '@user-metrics/tagging/cost-allocation';
import { componentTags, environmentOf } from '@user-metrics/tagging/schema';
import { App, Stack, Tags, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';

const app = new App();
const stack = new Stack(app, 'App');
const topic = new Topic(stack, 'Topic');
Tags.of(topic).add('Component', componentTags('grafana').Component);
new CostAllocationTags(stack, 'CostAllocationTags');
ObservabilityTags.of(app).apply({
  Project: 'UserMetrics',
  Environment: environmentOf('production'),
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform',
});
Validations.of(app).addPlugins(new TagCompliance());
app.synth();

if (!payerHandOver({ account: '111111111111' }).includes('aws ce ')) throw new Error('no hand-over');
execFileSync('node_modules/.bin/tag-compliance', ['--help']);
