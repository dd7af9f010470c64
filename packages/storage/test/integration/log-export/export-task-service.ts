import { type Answer, type Asked, json } from '@user-metrics/aws-endpoint';

/** A task as Logs describes it. */
export interface Task {
  readonly taskId: string;
  readonly logGroupName: string;
  readonly from: number;
  readonly to: number;
  readonly destination: string;
  readonly destinationPrefix?: string;
  readonly status: { code: string };
  /** How often it is still described as running. */
  looks: number;
}

type Fields = { readonly [field: string]: unknown };

/** Export tasks as CloudWatch Logs keeps them: one at a time in the account, listed in pages. */
export class ExportTaskService {
  readonly tasks: Task[] = [];
  /** Tasks on a page. */
  readonly pageSize = 2;
  /** Log groups that are there. */
  readonly logGroups = new Set(['/aws/lambda/checkout', 'audit']);
  /** What becomes of the next tasks; COMPLETED when it says nothing. */
  readonly outcomes: string[] = [];
  /** The most tasks that ran at once. */
  mostAtOnce = 0;

  /** Adds a task of somebody else. */
  add(task: Partial<Task>): Task {
    const added: Task = {
      taskId: `task-${this.tasks.length}`,
      logGroupName: 'theirs',
      from: 0,
      to: 1,
      destination: 'theirs',
      status: { code: 'RUNNING' },
      looks: 1,
      ...task,
    };
    this.tasks.push(added);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.tasks.filter(isActive).length);
    return added;
  }

  /** @throws Error for what the function has no business to ask */
  answer(asked: Asked): Answer {
    if (asked.action === 'CreateExportTask') return this.create(asked);
    if (asked.action === 'DescribeExportTasks') return this.describe(asked.parameters);
    throw new Error('the function does not need it');
  }

  private create({ parameters, refuse }: Asked): Answer {
    if (this.tasks.some(isActive)) return refuse('LimitExceededException', 'One task at a time.');
    if (!this.logGroups.has(String(parameters['logGroupName']))) return refuse('ResourceNotFoundException', 'None.');
    const { taskId } = this.add(parameters as Partial<Task>);
    return json({ taskId });
  }

  private describe({ taskId, nextToken }: Fields): Answer {
    const wanted = this.tasks.filter((task) => taskId === undefined || task.taskId === taskId);
    const start = Number(nextToken ?? 0);
    const end = start + this.pageSize;
    const page = wanted.slice(start, end).map((task) => structuredClone(task));
    for (const task of wanted.slice(start, end)) this.advance(task);
    return json({ exportTasks: page, ...(end < wanted.length ? { nextToken: String(end) } : {}) });
  }

  private advance(task: Task): void {
    if (!isActive(task)) return;
    task.looks -= 1;
    if (task.looks < 0) task.status.code = this.outcomes.shift() ?? 'COMPLETED';
  }
}

function isActive({ status }: Task): boolean {
  return status.code === 'RUNNING' || status.code === 'PENDING';
}
