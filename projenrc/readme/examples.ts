/** A block of TypeScript in a README. */
export interface Example {
  /** Line of its first statement. */
  readonly line: number;
  readonly code: string;
}

/** The code blocks of TypeScript. */
export function examplesIn(readme: string): Example[] {
  return [...readme.matchAll(/^```(?:ts|typescript)\n(.*?)^```$/gms)].map(({ index, 1: code = '' }) => ({
    line: readme.slice(0, index).split('\n').length + 1,
    code,
  }));
}

/**
 * A module of an example: what it uses and neither declares nor imports comes from the fixture, and an app is synthesised.
 *
 * @param fixture text of the fixture; only what it exports by name counts
 */
export function exampleModule({ code }: Example, fixture: string): string {
  const exported = [...fixture.matchAll(/^export (?:declare )?(?:const|function|class) (\w+)|^export \{([^}]*)\}/gms)]
    .flatMap(([, name, names]) => name ?? (names ?? '').split(','))
    .map((name) => name.trim())
    .filter(Boolean);
  const appears = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const builds = appears('stack') || appears('app');
  const taken = exported.filter((name) => (appears(name) || (builds && name === 'app')) && !declared(code, name));
  return [
    ...(taken.length > 0 ? [`import { ${taken.join(', ')} } from '../fixture';`] : []),
    code.trimEnd(),
    ...(builds ? ['app.synth();'] : []),
    'export {};',
    '',
  ].join('\n');
}

function declared(code: string, name: string): boolean {
  const declaration = new RegExp(`\\b(const|let|function|class)\\s+${name}\\b`);
  const imported = new RegExp(`^import[^;]*\\b${name}\\b[^;]*from`, 'm');
  return declaration.test(code) || imported.test(code);
}
