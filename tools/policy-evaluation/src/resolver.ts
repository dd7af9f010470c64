import { PhysicalResource } from './physical-resource';
import type { Place } from './place';
import { PolicyEvaluationError } from './policy-evaluation-error';
import type { Template } from './template';

type Resolve = (argument: never, template: Template) => unknown;

/** Puts values where templates refer to resources, to each other, and to their account and Region. */
export class Resolver {
  private readonly exported: ReadonlyMap<string, { value: unknown; template: Template }>;
  private readonly functions: { readonly [name: string]: Resolve };

  /** @param templates templates that are deployed together */
  constructor(
    templates: readonly Template[],
    private readonly place: Place,
  ) {
    this.functions = {
      Ref: (name: string, template) => this.reference(name, template),
      'Fn::GetAtt': (attribute: string | readonly string[], template) => this.attribute(attribute, template),
      'Fn::ImportValue': (name: unknown, template) => this.imported(String(this.resolve(name, template))),
      'Fn::Join': ([separator, parts]: [string, unknown], template) =>
        (this.resolve(parts, template) as unknown[]).join(separator),
      'Fn::Select': ([index, list]: [string | number, unknown], template) =>
        (this.resolve(list, template) as unknown[])[Number(index)],
      'Fn::Split': ([separator, text]: [string, unknown], template) =>
        String(this.resolve(text, template)).split(separator),
      'Fn::Sub': (text: string | [string, Record<string, unknown>], template) => this.substitute(text, template),
    };
    this.exported = new Map(
      templates.flatMap((template) =>
        Object.values(template.Outputs ?? {}).flatMap(({ Value: value, Export }) =>
          Export ? [[String(this.resolve(Export.Name, template)), { value, template }] as const] : [],
        ),
      ),
    );
  }

  /** @throws PolicyEvaluationError for a reference to what is not there, and for a function that is not known here */
  resolve(value: unknown, template: Template): unknown {
    if (Array.isArray(value)) return value.map((each) => this.resolve(each, template));
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = [], ...more] = Object.entries(value);
    if (name !== undefined && more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
      const resolve = this.functions[name];
      if (resolve) return resolve(argument as never, template);
      throw new PolicyEvaluationError(`a policy must use functions that are known here, got: ${name}.`);
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.resolve(each, template)]));
  }

  /** A resource of a template, as if it were deployed. */
  physical(logicalId: string, template: Template): PhysicalResource {
    const resource = template.Resources?.[logicalId];
    if (!resource)
      throw new PolicyEvaluationError(`a policy must refer to resources of its template, got: ${logicalId}.`);
    const properties = Object.fromEntries(
      Object.entries(resource.Properties ?? {}).filter(([, value]) => typeof value === 'string'),
    );
    return new PhysicalResource(logicalId, { ...resource, Properties: properties }, this.place);
  }

  private reference(name: string, template: Template): string {
    const { account, region, partition } = this.place;
    const pseudo: Record<string, string> = {
      'AWS::AccountId': account,
      'AWS::Partition': partition,
      'AWS::Region': region,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    };
    return pseudo[name] ?? this.physical(name, template).ref;
  }

  private attribute(attribute: string | readonly string[], template: Template): string {
    const [logicalId = '', name = ''] = typeof attribute === 'string' ? attribute.split('.') : attribute;
    // Ids that EC2 and others make up; a policy holds them as a part of an ARN.
    return /Arn$/.test(name) ? this.physical(logicalId, template).arn : `${logicalId}.${name}`;
  }

  private imported(name: string): unknown {
    const found = this.exported.get(name);
    if (!found) throw new PolicyEvaluationError(`an import must be exported by one of the templates, got: ${name}.`);
    return this.resolve(found.value, found.template);
  }

  private substitute(text: string | [string, Record<string, unknown>], template: Template): string {
    const [pattern, values] = typeof text === 'string' ? [text, {} as Record<string, unknown>] : text;
    return pattern.replace(/\$\{([^!}]+)\}/g, (_, name: string) =>
      String(
        name in values
          ? this.resolve(values[name], template)
          : name.includes('.')
            ? this.attribute(name, template)
            : this.reference(name, template),
      ),
    );
  }
}
