import type { Clients } from '../account/clients';
import { CommandError, EXIT } from '../command-error';
import type { ObservedCluster } from '../preflight/database/cluster';
import { type ObservedTags, ownerByTags } from '../preflight/database/owner';
import { pick } from './asking';
import type { Part, Search } from './given';
import { findSecret } from './secret';
import { valuesAt } from './value';

/** The cluster that is meant, of those of the Region. */
export async function chooseCluster(clusters: readonly ObservedCluster[], { account, region, given, asking }: Search) {
  const usable = clusters.filter(({ engine }) => engine === 'aurora-postgresql');
  if (usable.length === 0) {
    const others = clusters.map(({ identifier, engine }) => `${identifier} (${engine})`).join(', ');
    throw new CommandError(
      `There is no Aurora PostgreSQL cluster in ${region} of account ${account}${others ? `, only ${others}` : ''}. Name another Region with --region, or other credentials with AWS_PROFILE.`,
      EXIT.account,
    );
  }
  const { value, how } = await pick(asking, {
    flag: '--cluster',
    question: 'In which cluster does Umami get its schema?',
    options: usable.map(({ identifier, engineVersion, vpcId }) => ({
      value: identifier,
      hint: `PostgreSQL ${engineVersion}, ${vpcId}`,
    })),
    given: given.cluster,
  });
  return { cluster: usable.find(({ identifier }) => identifier === value) as ObservedCluster, how };
}

/** The database: cluster, security group, administrator's secret, and who manages the group. */
export async function databasePart(
  aws: Clients,
  { cluster, how }: { readonly cluster: ObservedCluster; readonly how: string },
  tagsOf: (group: string) => Promise<ObservedTags['securityGroup']>,
  search: Search,
): Promise<Part> {
  const { given, asking } = search;
  const describe = 'rds describe-db-clusters';
  const name =
    given.database ??
    cluster.databaseName ??
    (await asking.text('--database', `Which database of ${cluster.identifier} does the application use?`, (text) =>
      text === '' ? 'It must be the name of a database.' : undefined,
    ));
  const group = await pick(asking, {
    flag: '--security-group',
    question: `Which security group of ${cluster.identifier} lets its clients in?`,
    options: cluster.securityGroupIds.map((value) => ({ value })),
    given: given.securityGroup,
  });
  const secret = await findSecret(aws, cluster, search);
  const owner = await ownerOf({ securityGroup: await tagsOf(group.value), cluster: cluster.tags }, group.value, search);
  return {
    values: valuesAt(
      ['stages', given.stage, 'database'],
      [
        ['clusterIdentifier', cluster.identifier, `${describe}: ${how} with Aurora PostgreSQL in the Region`],
        ['host', cluster.endpoint, `${describe}: the writer endpoint`],
        ['port', cluster.port === 5432 ? undefined : cluster.port, describe],
        [
          'name',
          name,
          given.database ? '--database' : cluster.databaseName ? `${describe}: DatabaseName` : 'your answer',
        ],
        ['adminSecretArn', secret.arn, secret.from],
        ['adminSecretKmsKeyArn', secret.kmsKeyArn, 'kms describe-key: the customer key of the secret'],
        ['securityGroupId', group.value, `${describe}: ${group.how} of the cluster`],
        ['vpcId', cluster.vpcId, 'rds describe-db-subnet-groups'],
        ['owner', owner.value, owner.from],
      ],
    ),
    toDo: secret.toDo,
  };
}

/** Who manages the security group. Terraform writes no tags: without a sure sign a person has to say. */
async function ownerOf(tags: ObservedTags, group: string, { given, asking }: Search) {
  const { sure, guess } = ownerByTags(tags);
  const options = [
    { value: 'none', hint: 'nothing: a deployment may add a rule to it' },
    { value: 'terraform', hint: 'Terraform or OpenTofu: the lines to add are printed' },
    { value: 'sst', hint: 'SST or Pulumi: the lines to add are printed' },
    { value: 'cloudformation', hint: 'CloudFormation or the CDK: the lines to add are printed' },
  ];
  if (given.owner === undefined && sure !== undefined)
    return { value: sure, from: `the tags of ${group} and of the cluster` };
  const sign = guess ? `tags of people name ${guess}` : 'it has no tag that says so, and Terraform writes none';
  const { value, how } = await pick(asking, {
    flag: '--owner',
    question: `What manages ${group}, the security group of the database? (${sign})`,
    options: [...options.filter((one) => one.value === guess), ...options.filter((one) => one.value !== guess)],
    given: given.owner,
  });
  return { value, from: `${how === '--owner' ? how : 'your answer'}: ${sign}` };
}
