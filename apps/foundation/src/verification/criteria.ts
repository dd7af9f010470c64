/** What the foundation has to be in the end: acceptance criteria and integration verifications of its four stories. */
export const CRITERIA = {
  Infrastructure: {
    '1.1.AC1': 'VPC with a /24, two Availability Zones, two public /27 and two private /26 subnets',
    '1.1.AC2': 'One NAT gateway for all private subnets',
    '1.1.AC3': 'Security groups of the tasks let in and out what they need, and nothing else',
    '1.1.AC4': 'IAM roles for task execution, Lambda telemetry and Grafana, trusted by their services only',
    '1.1.AC5': 'Every taggable resource carries the tags of the schema, as its own service tells',
    '1.1.AC6': 'Tag search finds all of it, with the five required tags',
    '1.1.AC7': 'The SST side finds exactly what the contract lists',
    '1.1.IV1': 'The VPC of the application is as it was',
    '1.1.IV2': "The application's functions query its database",
    '1.1.IV3': "The application's own deployment works as before",
  },
  Database: {
    '1.2.AC1': 'Schema of Umami in the existing cluster',
    '1.2.AC2': 'Database role with privileges in that schema only',
    '1.2.AC3': 'Secret with everything that Umami needs; a client signs in with it',
    '1.2.AC4': 'The database role can read nothing of the application',
    '1.2.AC5': 'Performance baseline before and after',
    '1.2.AC6': "All of Umami's tables, indexes and migrations",
    '1.2.IV1': 'Schemas, grants and rows of the application are as they were',
    '1.2.IV2': 'The application worked on its own connections without an error',
    '1.2.IV3': 'No degradation in the metrics of the cluster',
  },
  Storage: {
    '1.3.AC1': 'Bucket for recordings: encrypted, private, TLS only',
    '1.3.AC2': 'Recordings expire by themselves',
    '1.3.AC3': 'Intelligent-Tiering',
    '1.3.AC4': 'Only the task role touches recordings',
    '1.3.AC5': 'Storage metrics',
    '1.3.AC6': 'Bucket for exported logs',
    '1.3.IV1': "The application's bucket is as it was",
    '1.3.IV2': "The application's distribution is as it was",
    '1.3.IV3': 'The application reads and writes its objects as before',
  },
  Cost: {
    '1.4.AC1': 'Budget with its limit and alerts',
    '1.4.AC2': 'What the budget counts is what is tagged',
    '1.4.AC3': 'Dashboard of daily cost by service; each of its metrics is one that is published',
    '1.4.AC4': 'Topic that budgets and alarms reach, and people subscribe to',
    '1.4.AC5': 'Cost Explorer report',
    '1.4.AC6': 'Monthly cost review is documented',
    '1.4.IV1': "The application's budget and alarm are as they were",
    '1.4.IV2': "The application's tags are as they were",
    '1.4.IV3': 'Billing reports hold old and new resources',
  },
} as const;

type Stories = typeof CRITERIA;
export type CriterionId = { [Story in keyof Stories]: keyof Stories[Story] }[keyof Stories];
