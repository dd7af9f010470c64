#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// Node.js 20 is supported here until the SDK itself stops working on it; its reminder would stand before every answer.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// The reader of the output may close it early: `… | head`.
process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 1));

const cli = join(__dirname, '..', 'lib', 'src', 'commands', 'cli.js');
if (existsSync(cli)) {
  require(cli)
    .main(process.argv.slice(2))
    .then((exitCode) => {
      process.exitCode = exitCode;
    });
} else {
  process.stderr.write('user-metrics is not built yet. Run: npx projen build\n');
  process.exitCode = 1;
}
