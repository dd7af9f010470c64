#!/usr/bin/env node
'use strict';

// Node.js 20 is supported here until the SDK itself stops working on it; its reminder would stand before every answer.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// The reader of the output may close it early: `… | head`.
process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 1));

// The default: a process that ends while it still waits has not succeeded.
process.exitCode = 70;

require('../lib/runtime/commands/index.js')
  .main(process.argv.slice(2))
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
