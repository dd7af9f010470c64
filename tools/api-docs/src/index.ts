export { entriesOf, type Manifest, writeApiDocs } from './write-api-docs.js';
