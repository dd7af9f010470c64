import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Answers, Run } from './recording';

const PACKAGE = join(__dirname, '..', '..');
const APPLICATION = join(PACKAGE, 'test', 'fixtures', 'application');
const ENGINE = join(__dirname, 'engine.mjs');
const TSCONFIG = {
  compilerOptions: {
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['sst.config.ts', 'sst/**/*.ts'],
};

const run = promisify(execFile);

/** How an application takes the folder in, or that it does not. */
export type Way = 'without' | 'copy' | 'package';

/** An SST application in a temporary folder, with the real CLI of one release. */
export class SstApplication {
  private readonly folder = mkdtempSync(join(tmpdir(), 'user-metrics-sst-'));

  private constructor(private readonly account: Server) {}

  /** Installs SST and its platform, then the folder in both ways. */
  static async install(release: string): Promise<SstApplication> {
    const application = new SstApplication(await startAccount());
    try {
      await application.prepare(release);
      return application;
    } catch (error) {
      application.remove();
      throw error;
    }
  }

  private async prepare(release: string): Promise<void> {
    cpSync(APPLICATION, this.folder, { recursive: true });
    cpSync(join(PACKAGE, 'standalone'), join(this.folder, 'sst', 'observability'), { recursive: true });
    this.write('package.json', JSON.stringify({ name: 'shop', private: true, type: 'module' }));
    this.write('tsconfig.json', JSON.stringify(TSCONFIG));
    this.configure('without');
    const packed = await run('npm', ['pack', '--json', '--pack-destination', this.folder], { cwd: PACKAGE });
    const [{ filename }] = JSON.parse(packed.stdout);
    // TypeScript 7 finds two errors in the sources of SST 3.19 itself.
    const wanted = [`sst@${release}`, 'typescript@~5.9.0', join(this.folder, filename)];
    await this.call('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...wanted]);
    await this.call('node_modules/.bin/sst', ['install', '--stage', 'dev']);
    // Where Go's os.UserConfigDir looks, on Linux and on macOS.
    for (const config of ['.config', 'Library/Application Support']) this.putEngine(join('home', config, 'sst', 'bin'));
  }

  private putEngine(folder: string): void {
    const file = join(this.folder, folder, 'pulumi');
    this.write(
      join(folder, 'pulumi'),
      `#!/bin/sh\nexec "${process.execPath}" "${ENGINE}" "$@" 2>>"$RECORDING_MESSAGES"\n`,
    );
    chmodSync(file, 0o755);
  }

  /** Type-checks `sst.config.ts` and all it imports against the types of this release. */
  async typecheck(way: Way): Promise<void> {
    this.configure(way);
    await this.call('node_modules/.bin/tsc', ['-p', '.']);
  }

  /** Runs `sst deploy` on the recording engine. */
  async deploy(way: Way, answers: Answers, change: (config: string) => string = (config) => config): Promise<Run> {
    this.configure(way, change);
    const [output, messages] = [join(this.folder, 'recorded.json'), join(this.folder, 'messages.log')];
    for (const file of [output, messages, join(this.folder, '.sst', 'pulumi')])
      rmSync(file, { recursive: true, force: true });
    this.write('answers.json', JSON.stringify(answers));
    const succeeded = await this.call('node_modules/.bin/sst', ['deploy', '--stage', 'dev']).then(
      () => true,
      () => false,
    );
    const text = existsSync(messages) ? readFileSync(messages, 'utf8') : '';
    if (!existsSync(output)) throw new Error(`The SST CLI did not start its engine.\n${text}`);
    return { succeeded, messages: text, ...JSON.parse(readFileSync(output, 'utf8')) };
  }

  /** Ends the account and deletes the folder. */
  remove(): void {
    this.account.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private configure(way: Way, change: (config: string) => string = (config) => config): void {
    const config = readFileSync(join(APPLICATION, 'sst.config.ts'), 'utf8');
    const ways: Record<Way, string> = {
      without: config.replaceAll(/^.*\/\/\+$\n/gm, ''),
      copy: config,
      package: config.replaceAll('./sst/observability/', '@user-metrics/sst/'),
    };
    this.write('sst.config.ts', change(ways[way]));
  }

  private write(file: string, text: string): void {
    mkdirSync(join(this.folder, file, '..'), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  private async call(command: string, args: string[]): Promise<void> {
    try {
      await run(command, args, { cwd: this.folder, env: this.environment(), timeout: 300_000, maxBuffer: 2 ** 26 });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command} ${args[0]} failed:\n${stdout}\n${stderr}`);
    }
  }

  /** A home of its own, and no credentials: what is not answered here cannot reach an account. */
  private environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(AWS_|SST_|PULUMI_|XDG_|NODE_OPTIONS$)/.test(name),
    );
    return {
      ...Object.fromEntries(inherited),
      HOME: join(this.folder, 'home'),
      npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
      npm_config_userconfig: join(homedir(), '.npmrc'),
      SST_SKIP_DEPENDENCY_CHECK: '1',
      SST_NO_BUN: '1',
      SST_TELEMETRY_DISABLED: '1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.account.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'recorded',
      AWS_SECRET_ACCESS_KEY: 'recorded',
      AWS_REGION: 'us-east-1',
      RECORDING_ANSWERS: join(this.folder, 'answers.json'),
      RECORDING_OUTPUT: join(this.folder, 'recorded.json'),
      RECORDING_MESSAGES: join(this.folder, 'messages.log'),
    };
  }
}

/** Answers the one question that the CLI itself asks an account: where its bootstrap is. */
async function startAccount(): Promise<Server> {
  const bootstrap = {
    version: 5,
    asset: 'assets',
    assetEcrRegistryId: '111122223333',
    assetEcrUrl: 'ecr',
    state: 'state',
  };
  const answer = JSON.stringify({ Parameter: { Type: 'String', Value: JSON.stringify(bootstrap) } });
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.1').end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
