/** A Lambda function's code: one minified file beside whatever else it reads, made when the package is built. */
export interface LambdaBundleOptions {
  /** Source file, relative to the repository. */
  readonly entry: string;
  /** Folder of the function's code, relative to the repository. */
  readonly folder: string;
  /** Modules that are replaced, because nothing in the bundle reaches them. */
  readonly aliases?: Record<string, string>;
  /** Targets of the same package that make what is bundled. */
  readonly after?: string[];
  /** Further commands that put files beside the bundle. */
  readonly commands?: string[];
  /** Folders outside of `folder` that these commands write, relative to the repository. */
  readonly outputs?: string[];
}

/** The Node.js release of the Lambda runtime our functions are deployed to (nodejs24.x). */
const ESBUILD_TARGET = 'node24';

/** The line that makes one file of a command and everything it needs, the AWS SDK as well. */
export function commandBundle({ entry, file }: { readonly entry: string; readonly file: string }): string {
  return `esbuild ${entry} --outfile=${file} --bundle --minify --platform=node --target=node20 --format=cjs --log-level=warning`;
}

/** The line that makes it. The AWS SDK v3 is part of the Lambda runtime and stays out. */
export function functionBundle({
  entry,
  folder,
  aliases = {},
}: Pick<LambdaBundleOptions, 'entry' | 'folder' | 'aliases'>): string {
  return [
    `esbuild ${entry} --outfile=${folder}/index.js`,
    `--bundle --minify --platform=node --target=${ESBUILD_TARGET} --format=cjs --log-level=warning`,
    "--external:'@aws-sdk/*' --external:pg-native",
    ...Object.entries(aliases).map(([from, to]) => `--alias:${from}=${to}`),
  ].join(' ');
}

/** The nx target that makes it. */
export function lambdaBundle(options: LambdaBundleOptions): object {
  const { folder, after = [], commands = [], outputs = [] } = options;
  return {
    executor: 'nx:run-commands',
    cache: true,
    dependsOn: ['^compile', ...after],
    inputs: ['compilation', '{projectRoot}/bundle/**/*', '^compilation'],
    outputs: [folder, ...outputs].map((output) => `{workspaceRoot}/${output}`),
    options: { commands: [functionBundle(options), ...commands], parallel: false },
  };
}
