/** A synthesised CloudFormation template, as far as policies are concerned. */
export interface Template {
  readonly Resources?: { readonly [logicalId: string]: Resource };
  readonly Outputs?: {
    readonly [name: string]: { readonly Value: unknown; readonly Export?: { readonly Name: unknown } };
  };
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}
