import { AlertTopic, CostBudget, CostDashboard } from '@user-metrics/cost';
import { App, Stack } from 'aws-cdk-lib';

const app = new App();
const stack = new Stack(app, 'App');
const topic = new AlertTopic(stack, 'Alerts', { emails: ['platform@example.com'] });
new CostBudget(stack, 'Budget', { project: 'UserMetrics', topic });
new CostDashboard(stack, 'Dashboard');
app.synth();
