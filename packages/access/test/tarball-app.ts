import {
  GrafanaRole,
  LambdaTelemetryPolicy,
  OpenReplayTaskRole,
  TaskExecutionRole,
  UmamiTaskRole,
} from '@user-metrics/access';
import { App, Stack } from 'aws-cdk-lib';

const app = new App();
const stack = new Stack(app, 'App');
new TaskExecutionRole(stack, 'TaskExecutionRole');
new UmamiTaskRole(stack, 'UmamiTaskRole');
new OpenReplayTaskRole(stack, 'OpenReplayTaskRole');
new LambdaTelemetryPolicy(stack, 'LambdaTelemetryPolicy');
new GrafanaRole(stack, 'GrafanaRole');
app.synth();
