import { sha256 } from '../migrations/further-file';

/** Ways in which a file changes when it is copied, and what undoes each. */
const COPIES: readonly (readonly [how: string, undo: (text: string) => string])[] = [
  ['it begins with a byte order mark', (text) => text.replace(/^\ufeff/, '')],
  ['its lines end with CR LF', (text) => text.replaceAll('\r\n', '\n')],
  ['its last line lacks the line feed', (text) => `${text}\n`],
  ['its last line ends with a line feed too many', (text) => text.replace(/\n$/, '')],
];

/** How a file that the package knows differs from what it should be; none when it does not, or is missing. */
export function differenceOf(name: string, bytes: Buffer | undefined, expected: string): string[] {
  if (!bytes || sha256(bytes) === expected) return [];
  const text = bytes.toString();
  const [how] = COPIES.find(([, undo]) => sha256(Buffer.from(undo(text))) === expected) ?? [];
  return [
    `${name} is changed${how === undefined ? '' : `: ${how}`}: migration.sql has SHA-256 ${sha256(bytes)}, expected: ${expected}`,
  ];
}
