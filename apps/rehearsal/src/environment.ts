/** Variables that lead clients of AWS and PostgreSQL in this process elsewhere. */
const LEADS_ELSEWHERE = /^(AWS_|PG|NODE_TLS_REJECT_UNAUTHORIZED$)/;

/** Set by our own command line. */
const OWN = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

/** Takes what could lead the clients of this process to an account or a server of the user's out of its environment. */
export function leaveUsersEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(environment)) if (LEADS_ELSEWHERE.test(name) && name !== OWN) delete environment[name];
  environment['AWS_CONFIG_FILE'] = '/dev/null';
  environment['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
}
