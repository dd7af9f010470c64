import { object, pattern } from './expectations';

/** What `verify` asks of the application, so that it knows that the application works. */
export const probesSchema = object(
  {
    /** Function that queries the application's database. `verify` invokes it without a payload: it must change nothing. @default - none */
    lambda: pattern(
      'must be the name or the ARN of a Lambda function',
      'Find it with: aws lambda list-functions',
      /^[\w:-]{1,170}$/,
    ).optional(),
    /** URL of the application that answers with a status of 200 to 299, such as a page that CloudFront serves. @default - none */
    url: pattern(
      'must be a URL that starts with https://',
      'Give for example https://www.example.com/health',
      /^https:\/\/[^\s/]+(\/\S*)?$/,
    ).optional(),
  },
  'must be health probes of the application',
  "Give { lambda: 'shop-orders', url: 'https://www.example.com/health' }, or leave it out",
);
