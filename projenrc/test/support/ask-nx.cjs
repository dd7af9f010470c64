// Answers what `nx show projects --affected --files=<files>` and `nx show target inputs <target>` answer, for all that is
// asked: each call of the command reads the whole repository, which takes a second. Prints JSON.
const { dirname, join } = require('node:path');

const nx = join(dirname(require.resolve('nx/package.json')), 'dist', 'src');
const { createProjectGraphAsync } = require(join(nx, 'project-graph', 'project-graph'));
const { filterAffected } = require(join(nx, 'project-graph', 'affected', 'affected-project-graph'));
const { calculateFileChanges } = require(join(nx, 'project-graph', 'file-utils'));
const { readNxJson } = require(join(nx, 'config', 'nx-json'));
const { getTaskRawInputs } = require(join(nx, 'hasher', 'check-task-files'));

async function main({ changes, targets }) {
  const graph = await createProjectGraphAsync();
  const nxJson = readNxJson();
  const affected = [];
  for (const files of changes) {
    const touched = calculateFileChanges(files, { files });
    affected.push(Object.keys((await filterAffected(graph, touched, nxJson)).nodes));
  }
  const inputs = {};
  for (const target of targets)
    inputs[target] = (await getTaskRawInputs(target, { projectGraph: graph, nxJson })).files;
  process.stdout.write(JSON.stringify({ projects: Object.keys(graph.nodes), affected, inputs }));
}

main(JSON.parse(process.argv[2]));
