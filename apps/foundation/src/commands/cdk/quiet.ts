import { appendFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { ShownOutput } from './shown-output';

// Loaded into the process of the CDK CLI before it starts. In that process, because its questions go to the terminal
// themselves: what is shown of standard error stays in their order.

const file = process.env['USER_METRICS_CDK_LOG'];

if (file !== undefined) {
  const write = process.stderr.write.bind(process.stderr);
  const output = new ShownOutput();
  process.stderr.write = (chunk: Uint8Array | string, ...more: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    appendFileSync(file, stripVTControlCharacters(text));
    const lines = text.replace(/\n$/, '').split('\n');
    const shown = lines.flatMap((line) => {
      const plain = stripVTControlCharacters(line);
      const wanted = output.lineFor(plain);
      return wanted === undefined ? [] : [wanted === plain ? line : wanted];
    });
    const callback = more.find((one): one is () => void => typeof one === 'function');
    if (callback) process.nextTick(callback);
    return shown.length === 0 || write(shown.join('\n') + (text.endsWith('\n') ? '\n' : ''));
  };
}
