// Replaces `pg` in the bundle: its pool and its binding to libpq are not used here, and are a tenth of the code.
import Client from '../../../node_modules/pg/lib/client.js';
import { escapeIdentifier, escapeLiteral } from '../../../node_modules/pg/lib/utils.js';

export { Client, escapeIdentifier, escapeLiteral };
export default { Client };
