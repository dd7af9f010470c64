// Loaded before the command line: writes what it has loaded into a file when it ends.
const { writeFileSync } = require('node:fs');

if (process.argv[1]?.endsWith('user-metrics-rehearsal.js')) {
  process.on('exit', () => {
    const files = Object.keys(require('node:module')._cache).join('\n');
    writeFileSync(`${process.env.TMPDIR}/own-modules`, files);
  });
}
