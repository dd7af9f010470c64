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
    /**
     * Query that the function beside the database runs as a database role of the application, in a read-only transaction.
     * It is deployed with the stage. The administrator has to be a member of the database role. @default - none
     */
    sql: object(
      {
        databaseRole: pattern(
          'must be the name of a database role of the application',
          'List them with: select rolname from pg_roles',
          /^\P{Cc}{1,63}$/u,
        ),
        /** Names of tables with their schema: the settings of the database role, such as its search_path, are not in force. */
        statement: pattern(
          'must be one statement of at most 1000 characters that starts with select, values or with',
          "Give for example 'select 1 from app.orders limit 1'",
          /^(?=\s*(select|values|with)\b)[\s\S]{1,1000}$/i,
        ),
      },
      'must be a query as a database role of the application',
      "Give { databaseRole: 'shop', statement: 'select 1 from app.orders limit 1' }, or leave it out",
    ).optional(),
  },
  'must be health probes of the application',
  "Give { lambda: 'shop-orders', url: 'https://www.example.com/health' }, or leave it out",
);
