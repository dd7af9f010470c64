/** Where the templates are deployed, for what they leave to the deployment. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

export const EXAMPLE_PLACE: Place = { account: '111122223333', region: 'us-east-1', partition: 'aws' };
