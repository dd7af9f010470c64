/** What no emulator can show, and the command that shows it in an account. */
export const NEEDS_ACCOUNT = {
  'real.reachability':
    'aws ec2 create-network-insights-path --source <network interface of a task> --destination <network interface of the database> --protocol tcp --destination-port 5432, then start-network-insights-analysis',
  'real.cloudformation-rights':
    'npx projen deploy --stage <stage> with the execution policy that the account was bootstrapped with',
  'real.e-mail': 'npx projen alert-test --stage <stage>; each address confirms its subscription first',
  'real.tag-activation': 'aws ce list-cost-allocation-tags --tag-keys Project --status Active (in the payer account)',
  'real.cost-data':
    'aws ce get-cost-and-usage --time-period Start=<day>,End=<day> --granularity DAILY --metrics UnblendedCost --filter \'{"Tags":{"Key":"Project","Values":["UserMetrics"]}}\'',
} as const;
