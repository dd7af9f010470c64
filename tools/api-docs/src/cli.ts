import { writeApiDocs } from './write-api-docs.js';

await writeApiDocs(process.argv[2] ?? process.cwd());
