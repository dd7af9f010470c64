import type { Project } from 'projen';

/** projen's own build steps; nx knows better what has to be built. */
export function removeStandardTasks(project: Project): void {
  for (const name of ['build', 'pre-compile', 'compile', 'post-compile', 'test', 'package']) project.removeTask(name);
}
