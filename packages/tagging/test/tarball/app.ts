import { ObservabilityTags, TagCompliance } from '@user-metrics/tagging';
import { componentTags, environmentOf } from '@user-metrics/tagging/schema';
import { App, Stack, Tags, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';

const app = new App();
const stack = new Stack(app, 'App');
const topic = new Topic(stack, 'Topic');
Tags.of(topic).add('Component', componentTags('grafana').Component);
ObservabilityTags.of(app).apply({
  Project: 'UserMetrics',
  Environment: environmentOf('production'),
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform',
});
Validations.of(app).addPlugins(new TagCompliance());
app.synth();
