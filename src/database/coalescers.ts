import type { ProjectId } from '../common';
import { Coalescer, type CoalescerOptions } from './coalescer';

/** One coalescer a project, so that a batch never mixes projects; idle ones are let go. */
export class ProjectCoalescers<Item, Result> {
  private readonly byProject = new Map<ProjectId, Coalescer<Item, Result>>();

  constructor(
    private readonly options: Omit<CoalescerOptions<Item, Result>, 'run'> & {
      readonly run: (project: ProjectId, items: readonly Item[]) => Promise<readonly Result[]>;
    },
  ) {}

  /** See {@link Coalescer.submit}. */
  async submit(project: ProjectId, item: Item): Promise<Result> {
    const coalescer = this.byProject.get(project) ?? this.open(project);
    try {
      return await coalescer.submit(item);
    } finally {
      if (coalescer.idle) this.byProject.delete(project);
    }
  }

  private open(project: ProjectId): Coalescer<Item, Result> {
    const { run, weigh, maxWeight } = this.options;
    const coalescer = new Coalescer<Item, Result>({ run: (items) => run(project, items), weigh, maxWeight });
    this.byProject.set(project, coalescer);
    return coalescer;
  }
}
