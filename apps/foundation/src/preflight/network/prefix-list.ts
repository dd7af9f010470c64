import type { DescribeManagedPrefixListsCommandInput } from '@aws-sdk/client-ec2';
import type { Clients } from '../../account/clients';
import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, ok, orNone } from '../check';

/** Name of the list through which CloudFront reaches an origin; its id differs by Region. */
export const CLOUDFRONT = 'com.amazonaws.global.cloudfront.origin-facing';

/** Id and name of managed prefix lists; none where there is no such list. */
export async function readPrefixLists(
  { ec2 }: Pick<Clients, 'ec2'>,
  which: DescribeManagedPrefixListsCommandInput,
): Promise<{ readonly id: string; readonly name: string | undefined }[]> {
  const { PrefixLists = [] } = await orNone(ec2.describeManagedPrefixLists(which));
  return PrefixLists.map(({ PrefixListId: id = '', PrefixListName: name }) => ({ id, name }));
}

/** The prefix list through which CloudFront reaches the load balancer is the one of the Region. */
export const prefixList: Check<{ readonly name?: string | undefined }> = {
  id: 'network.cloudfront-prefix-list',
  title: "CloudFront's prefix list exists in the Region",
  applies: (planned) => stageOf(planned).network.loadBalancer.cloudFrontPrefixListId !== undefined,
  async observe({ aws, ...planned }) {
    const id = stageOf(planned).network.loadBalancer.cloudFrontPrefixListId ?? '';
    const [list] = await readPrefixLists(aws, { PrefixListIds: [id] });
    return { name: list?.name };
  },
  evaluate({ name }, planned) {
    const id = stageOf(planned).network.loadBalancer.cloudFrontPrefixListId;
    if (name === CLOUDFRONT) return [ok(`${id} is ${CLOUDFRONT}`)];
    return [
      failure(
        name ? `${id} is ${name}` : `There is no ${id} in ${planned.region}`,
        `aws ec2 describe-managed-prefix-lists --region ${planned.region} --filters Name=prefix-list-name,Values=${CLOUDFRONT} --query 'PrefixLists[].PrefixListId'`,
      ),
    ];
  },
};
