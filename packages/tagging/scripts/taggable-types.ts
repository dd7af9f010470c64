import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import * as cdk from 'aws-cdk-lib';
import type { TagFormat, TaggableTypes } from '../src/taggable-types';

/**
 * Every CloudFormation type and where it takes tags, from two sources: the resource specification, and the L1 classes of the
 * installed aws-cdk-lib (the specification lags behind them and misses, for one, AWS::Budgets::Budget).
 */
export function taggableTypes(): TaggableTypes {
  const found = new Map([...fromL1Classes(), ...fromSpecification()]);
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const grouped: { -readonly [Format in TagFormat]: { [property: string]: string[] } } = {
    list: {},
    map: {},
    launch: {},
  };
  for (const [type, { property, format }] of sorted) {
    grouped[format][property] ??= [];
    grouped[format][property].push(type);
  }
  return { ...grouped, none: knownTypes().filter((type) => !found.has(type)) };
}

function knownTypes(): string[] {
  const specified = loadAwsServiceSpecSync()
    .all('resource')
    .map(({ cloudFormationType }) => cloudFormationType);
  return [...new Set([...specified, ...l1Classes().map((L1) => L1.CFN_RESOURCE_TYPE_NAME)])].sort();
}

interface TagProperty {
  readonly property: string;
  readonly format: TagFormat;
}

const FORMATS: { readonly [variant: string]: TagFormat } = { standard: 'list', map: 'map', asg: 'launch' };

function fromSpecification(): [string, TagProperty][] {
  return loadAwsServiceSpecSync()
    .all('resource')
    .flatMap(({ cloudFormationType, tagInformation }) => {
      if (!tagInformation) return [];
      const format = FORMATS[tagInformation.variant];
      if (!format) throw new Error(`${cloudFormationType}: unknown kind of tags ${tagInformation.variant}`);
      return [[cloudFormationType, { property: tagInformation.tagPropertyName, format }]];
    });
}

/** Constructs one resource of each L1 class, with stand-in values for what it requires, and reads its tag manager. */
function fromL1Classes(): [string, TagProperty][] {
  const stack = new cdk.Stack(new cdk.App(), 'Stack');
  return l1Classes().flatMap((L1) => {
    const tags = firstThatConstructs(stack, L1);
    if (!tags) return [];
    tags.setTag('Key', 'Value');
    const property = tags.tagPropertyName.replace(/^./, (first) => first.toUpperCase());
    return [[L1.CFN_RESOURCE_TYPE_NAME, { property, format: Array.isArray(tags.renderTags()) ? 'list' : 'map' }]];
  });
}

interface L1Class {
  readonly CFN_RESOURCE_TYPE_NAME: string;
  new (scope: cdk.Stack, id: string, props: unknown): cdk.CfnResource;
}

function l1Classes(): L1Class[] {
  const modules = Object.values(cdk).filter((module) => typeof module === 'object');
  return modules
    .flatMap((module) => Object.values(module as object))
    .filter((member): member is L1Class => typeof member?.CFN_RESOURCE_TYPE_NAME === 'string');
}

function firstThatConstructs(stack: cdk.Stack, L1: L1Class): cdk.TagManager | undefined {
  const standIns: [unknown, unknown][] = [
    ['x', ['x']],
    ['x', 'x'],
    [['x'], ['x']],
    [{}, ['x']],
  ];
  for (const [one, many] of standIns) {
    try {
      return cdk.TagManager.of(new L1(stack, `Resource${stack.node.children.length}`, requiredProps(one, many)));
    } catch {
      // The class wants another shape; the next stand-in may fit.
    }
  }
  return undefined;
}

function requiredProps(one: unknown, many: unknown): object {
  const standInFor = (key: string) => (/tags/i.test(key) ? undefined : /(s|List)$/.test(key) ? many : one);
  return new Proxy({}, { get: (_, key) => standInFor(String(key)) });
}

if (require.main === module) {
  const file = join(__dirname, '..', 'src', 'taggable-types', 'taggable-types.json');
  writeFileSync(file, `${JSON.stringify(taggableTypes(), null, 1)}\n`);
}
