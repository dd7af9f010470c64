/** The emulator of AWS that the environment leads to; nothing for AWS itself, or for a VPC endpoint. */
export function emulatorOf(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const url = env['AWS_ENDPOINT_URL'];
  if (url === undefined || !URL.canParse(url)) return undefined;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname) ? url : undefined;
}
