import { writeApiDocs } from './write-api-docs.js';

await writeApiDocs(...process.argv.slice(2));
