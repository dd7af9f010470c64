/** What an application of SST has, as far as the examples of the README use it. */
declare function $config(config: {
  app(input: { readonly stage: string }): Promise<{
    readonly name: string;
    readonly home: string;
    readonly providers: {
      readonly aws: { readonly defaultTags: { readonly tags: { readonly [key: string]: string } } };
    };
  }>;
  run(): Promise<void>;
}): unknown;

declare const app: import('aws-cdk-lib').App & { readonly stage: string };
