/** A CloudFormation template, as far as it is read here. */
export interface Template {
  readonly Resources?: { readonly [logicalId: string]: TemplateResource };
  readonly Outputs?: {
    readonly [key: string]: { readonly Value: unknown; readonly Export?: { readonly Name: unknown } };
  };
}

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Metadata?: { readonly [key: string]: unknown };
  readonly Properties?: { readonly [key: string]: unknown };
}

/** Every value of an intrinsic function that stands anywhere in a part of a template. */
function* valuesOf(name: string, part: unknown): Generator<unknown> {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === name) yield value;
    else yield* valuesOf(name, value);
  }
}

/** Names that `Ref`, `Fn::GetAtt` and `Fn::Sub` of a part of a template refer to. */
export function referencesIn(part: unknown): Set<string> {
  const attributes = [...valuesOf('Fn::GetAtt', part)].map((value) => (Array.isArray(value) ? value[0] : value));
  const texts = [...valuesOf('Fn::Sub', part)].map((value) => String(Array.isArray(value) ? value[0] : value));
  const inTexts = texts.flatMap((text) => [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name));
  const names = [...valuesOf('Ref', part), ...attributes, ...inTexts].map((name) => String(name).split('.')[0] ?? '');
  return new Set(names);
}

/** Names of the exports that a template imports. */
export function importsOf(template: Template): Set<string> {
  return new Set([...valuesOf('Fn::ImportValue', template)].filter((name) => typeof name === 'string'));
}
