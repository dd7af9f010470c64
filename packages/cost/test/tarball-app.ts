import { AlertTopic, CostBudget, CostDashboard, CostTrend } from '@user-metrics/cost';
import { estimate } from '@user-metrics/cost/estimate';
import { App, Stack } from 'aws-cdk-lib';

const app = new App();
const stack = new Stack(app, 'App');
const topic = new AlertTopic(stack, 'Alerts', { emails: ['platform@example.com'] });
new CostBudget(stack, 'Budget', { project: 'UserMetrics', topic });
const trend = new CostTrend(stack, 'CostTrend', { project: 'UserMetrics' });
new CostDashboard(stack, 'Dashboard', { trend });
const stacks = app.synth().stacks.map(({ stackName, template }) => ({ name: stackName, template }));
const { unknown } = estimate(stacks, { region: 'us-east-1' });
if (unknown.length > 0) throw new Error(`not priced: ${JSON.stringify(unknown)}`);
