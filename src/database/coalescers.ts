import type { ProjectId } from '../common';
import { Coalescer, type CoalescerOptions } from './coalescer';

/** One coalescer a project, so that a batch never mixes projects; idle ones are let go. */
export class ProjectCoalescers<Item, Result> {
  private readonly byProject = new Map<ProjectId, Coalescer<Item, Result>>();

  constructor(
    private readonly options: Pick<CoalescerOptions<Item, Result>, 'weigh' | 'maxWeight' | 'reads'> & {
      readonly run: (project: ProjectId, items: readonly Item[]) => Promise<readonly Result[]>;
    },
  ) {}

  /** See {@link Coalescer.submit}. */
  submit(project: ProjectId, item: Item): Promise<Result> {
    return (this.byProject.get(project) ?? this.open(project)).submit(item);
  }

  private open(project: ProjectId): Coalescer<Item, Result> {
    const { run, ...options } = this.options;
    const coalescer = new Coalescer<Item, Result>({
      run: (items) => run(project, items),
      ...options,
      onIdle: () => this.byProject.delete(project),
    });
    this.byProject.set(project, coalescer);
    return coalescer;
  }
}
