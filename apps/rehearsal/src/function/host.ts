import { pathToFileURL } from 'node:url';

// Runs one handler with one event, as the Lambda runtime would, and ends. Started by `invoke`.

const [, , file = '', name = 'handler'] = process.argv;

process.once('message', async (event) => {
  const answer = await run(event).then(
    (response) => ({ response }),
    (error: Error) => ({ error: error.message }),
  );
  process.send?.(answer, () => process.disconnect());
});

async function run(event: unknown): Promise<unknown> {
  // As a URL: %, # and ? are allowed in a path.
  const module = await import(pathToFileURL(file.endsWith('.js') ? file : `${file}.js`).href);
  return (module[name] ?? module.default[name])(event);
}
