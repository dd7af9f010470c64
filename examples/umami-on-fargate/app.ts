import { ExistingNetwork, SecurityGroups } from '@user-metrics/network';
import { FOR_TASKS } from '@user-metrics/sst/contract';
import { tagValues } from '@user-metrics/sst/tags';
import { applyComponentTags, ObservabilityTags, TagCompliance } from '@user-metrics/tagging';
import { stageTags } from '@user-metrics/tagging/schema';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { VpcOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { App, CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { umamiTask } from './umami-task';

export const app = new App({ context: flags });

/** A value of the command line: `npx cdk deploy --context stage=dev …`. */
function given(name: string, accepted: RegExp, must: string): string {
  const value: unknown = app.node.tryGetContext(name);
  if (typeof value === 'string' && accepted.test(value)) return value;
  process.stderr.write(`--context ${name}=… must be ${must}\nGot: ${value}.\n`);
  process.exit(2);
}

const stage = given('stage', /^[A-Za-z][A-Za-z0-9-]{0,31}$/, 'a stage of the foundation, such as dev.');
const domain = given('domain', /^[\w-]+(\.[\w-]+)+$/, 'the host name of Umami, such as analytics.example.com.');
const FIND_CERTIFICATE = 'Find it with: aws acm list-certificates --region us-east-1';
const ARN = /^arn:aws:acm:us-east-1:\d{12}:certificate\/./;
const certificateArn = given('certificateArn', ARN, `a certificate for the domain in us-east-1. ${FIND_CERTIFICATE}`);
const FIND_DIGEST = 'Find it with: docker buildx imagetools inspect ghcr.io/umami-software/umami:3.4.1';
const digest = given('imageDigest', /^sha256:[0-9a-f]{64}$/, `the digest of Umami's image. ${FIND_DIGEST}`);
// The load balancer needs a certificate of its own Region for the same domain.
const originCertificateArn: string = app.node.tryGetContext('originCertificateArn') ?? certificateArn;

const stack = new Stack(app, `Umami-${stage}`, { description: `Umami on Fargate (${stage})` });
ObservabilityTags.of(stack).apply(stageTags(tagValues, stage, 'CDK'));
applyComponentTags(stack, 'umami');
Validations.of(app).addPlugins(new TagCompliance());
Validations.of(stack).acknowledge({
  id: 'CloudFormation-Validate::E3511',
  reason: 'It takes the name of the SSM parameter for the ARN in it.',
});

// CloudFormation reads what the foundation publishes at each deployment.
const vpc = ExistingNetwork.fromPublishedContract(stack, 'Vpc', { stage });
const groups = SecurityGroups.fromPublishedContract(stack, 'SecurityGroups', { stage });

const service = new ecs.FargateService(stack, 'Service', {
  cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
  taskDefinition: umamiTask(stack, { stage, digest }),
  desiredCount: 1,
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  circuitBreaker: { rollback: true },
  healthCheckGracePeriod: Duration.minutes(2),
  securityGroups: [groups.umami],
  propagateTags: ecs.PropagatedTagSource.SERVICE,
  enableECSManagedTags: true,
});

// Without a public address: a VPC origin lets CloudFront distributions of this account reach it, and nobody else.
const loadBalancer = new elb.ApplicationLoadBalancer(stack, 'LoadBalancer', {
  vpc,
  internetFacing: false,
  securityGroup: groups.loadBalancer,
  dropInvalidHeaderFields: true,
});
const https = loadBalancer.addListener('Https', {
  port: 443,
  open: false,
  certificates: [elb.ListenerCertificate.fromArn(originCertificateArn)],
  sslPolicy: elb.SslPolicy.RECOMMENDED_TLS,
});
https.addTargets('Umami', {
  targets: [service.loadBalancerTarget({ containerName: 'Umami' })],
  port: FOR_TASKS.umamiPort,
  protocol: elb.ApplicationProtocol.HTTP,
  healthCheck: { path: '/api/heartbeat' },
  deregistrationDelay: Duration.seconds(30),
});

// CloudFront-Viewer-Address has a port, and X-Forwarded-For starts with what a visitor sent. The country is in a header.
const clientIp = new cloudfront.Function(stack, 'ClientIp', {
  runtime: cloudfront.FunctionRuntime.JS_2_0,
  code: cloudfront.FunctionCode.fromInline(
    "function handler({ request, viewer }) { request.headers['x-client-ip'] = { value: viewer.ip }; return request; }",
  ),
});
const distribution = new cloudfront.Distribution(stack, 'Distribution', {
  domainNames: [domain],
  certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
  defaultBehavior: {
    origin: VpcOrigin.withApplicationLoadBalancer(loadBalancer, {
      protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
    }),
    allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
    originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
    functionAssociations: [{ function: clientIp, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
  },
});
new CfnOutput(stack, 'DnsTarget', { value: distribution.domainName, description: `Alias of ${domain} in your DNS` });

app.synth();
