/** What SST makes global and this folder uses, no more: the full types come from `.sst/platform` of an application. */
declare namespace $util {
  interface Output<T> {
    apply<U>(next: (value: T) => U | Promise<U>): Output<U>;
  }
  type Input<T> = T | Promise<T> | Output<T>;
  type Unwrapped<T> =
    T extends Output<infer U>
      ? Unwrapped<U>
      : T extends Promise<infer U>
        ? Unwrapped<U>
        : T extends object
          ? { [K in keyof T]: Unwrapped<T[K]> }
          : T;
  interface Resource {
    readonly urn: Output<string>;
  }
  interface CustomResourceOptions {
    parent?: Resource;
  }
  function output<T>(value: T): Output<Unwrapped<T>>;
  const log: { warn(message: string): void };
}
declare namespace aws {
  const ssm: {
    getParametersByPath(args: {
      path: string;
      recursive: boolean;
      withDecryption: boolean;
    }): Promise<{ names: string[]; values: string[] }>;
  };
  const ec2: { getSubnet(args: { id: string }, options: { parent?: $util.Resource }): Promise<{ vpcId: string }> };
  namespace lambda {
    interface FunctionArgs {
      vpcConfig?: $util.Input<{ subnetIds: $util.Input<string[]>; securityGroupIds: $util.Input<string[]> }>;
    }
  }
}
declare namespace sst {
  class Linkable {
    constructor(name: string, definition: { properties: { [property: string]: string } });
  }
  namespace aws {
    interface FunctionArgs {
      policies?: $util.Input<string[]>;
      link?: $util.Input<unknown[]>;
      role?: $util.Input<string>;
      transform?: {
        function?:
          | Partial<globalThis.aws.lambda.FunctionArgs>
          | ((
              args: globalThis.aws.lambda.FunctionArgs,
              options: $util.CustomResourceOptions,
              name: string,
            ) => undefined);
      };
    }
    class LambdaFunction {
      constructor(name: string, args: FunctionArgs);
    }

    export { type FunctionArgs, LambdaFunction as Function };
  }
}
declare const $app: {
  readonly name: string;
  readonly stage: string;
  readonly providers?: {
    readonly [name: string]: string | { readonly defaultTags?: { readonly tags?: { readonly [key: string]: string } } };
  };
};
declare function $transform<Args>(
  component: new (name: string, args: Args) => unknown,
  change: (args: Args, options: $util.CustomResourceOptions, name: string) => void,
): void;
