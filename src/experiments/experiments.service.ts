import { Injectable } from '@nestjs/common';
import { checkKey, invalid, notFound, type ExperimentIid, type NamedValue, type Page, type ProjectId } from '../common';
import type { Queryable } from '../database';
import type { Experiment, ExperimentSearch, NewExperiment } from './experiment';
import type { ExperimentChange, ExperimentListener } from './experiment-listener';
import { checkExperimentName, checkExperimentTag, checkNewExperiment, experimentLimits } from './experiment-rules';
import { ExperimentsRepository, type LockedExperiment } from './experiments.repository';
import { ExperimentsSearch } from './search/experiments-search';

function unknown(iid: ExperimentIid): Error {
  return notFound(`No experiment with id=${iid} exists`);
}

/** The experiments of a project. */
@Injectable()
export class ExperimentsService {
  private readonly listeners: ExperimentListener[] = [];

  constructor(
    private readonly repository: ExperimentsRepository,
    private readonly searches: ExperimentsSearch,
  ) {}

  /** Lets a feature above take part in changes of experiments. */
  onChange(listener: ExperimentListener): void {
    this.listeners.push(listener);
  }

  /** @throws AssayError `already-exists` for the name of a live experiment */
  async create(project: ProjectId, experiment: NewExperiment): Promise<Experiment> {
    checkNewExperiment(experiment);
    return this.get(project, await this.repository.create(project, experiment));
  }

  /** The experiment 0 of a project, made by who enabled it. Safe to repeat. */
  ensureDefaultExperiment(project: ProjectId): Promise<void> {
    return this.repository.ensureDefault(project);
  }

  /** Deleted ones too. @throws AssayError `not-found` */
  async get(project: ProjectId, iid: ExperimentIid): Promise<Experiment> {
    const experiment = await this.repository.get(project, iid);
    if (experiment === undefined) throw unknown(iid);
    return experiment;
  }

  /** The live one of the name, else the one deleted last. @throws AssayError `not-found` */
  async getByName(project: ProjectId, name: string): Promise<Experiment> {
    checkExperimentName(name);
    const experiment = await this.repository.getByName(project, name);
    if (experiment === undefined) throw notFound(`Could not find an experiment with name ${JSON.stringify(name)}`);
    return experiment;
  }

  /** One page. @throws AssayError `invalid` for a filter or order that cannot be read */
  search(project: ProjectId, search: ExperimentSearch): Promise<Page<Experiment>> {
    return this.searches.page(project, search);
  }

  /** @throws AssayError `already-exists` for the name of another live experiment */
  async rename(project: ProjectId, iid: ExperimentIid, name: string): Promise<void> {
    checkExperimentName(name);
    await this.change(project, iid, 'renamed', name, async (locked, within) => {
      if (locked.deleted) throw invalid(`The experiment ${iid} is deleted; restore it before renaming it`);
      await this.repository.rename(project, iid, name, within);
    });
  }

  /** Its live candidates are deleted with it. Deleted already is `not-found`, as for MLflow. */
  async delete(project: ProjectId, iid: ExperimentIid): Promise<void> {
    await this.change(project, iid, 'deleted', undefined, async (locked, within) => {
      if (locked.deleted) throw unknown(iid);
      await this.repository.markDeleted(project, iid, within);
    });
  }

  /** Brings back the candidates that were deleted with it. Live already is `not-found`, as for MLflow. */
  async restore(project: ProjectId, iid: ExperimentIid, name?: string): Promise<void> {
    if (name !== undefined) checkExperimentName(name);
    await this.change(project, iid, 'restored', name, async (locked, within) => {
      if (!locked.deleted) throw notFound(`No deleted experiment with id=${iid} exists`);
      await this.repository.markRestored(project, iid, name ?? locked.name, within);
    });
  }

  /** @throws AssayError `invalid` for a deleted experiment */
  async setTag(project: ProjectId, iid: ExperimentIid, name: string, value: string): Promise<void> {
    checkExperimentTag({ name, value }, 'tag');
    await this.withLive(project, iid, (within) => this.repository.setTag(project, iid, { name, value }, within));
  }

  /** All or none; the last one of a name holds. @throws AssayError `invalid` for a deleted experiment */
  async setTags(project: ProjectId, iid: ExperimentIid, tags: readonly NamedValue[]): Promise<void> {
    tags.forEach((tag, index) => {
      checkExperimentTag(tag, `tags[${index}]`);
    });
    await this.withLive(project, iid, async (within) => {
      for (const tag of tags) await this.repository.setTag(project, iid, tag, within);
    });
  }

  /** @throws AssayError `not-found` when it has no such tag */
  async deleteTag(project: ProjectId, iid: ExperimentIid, name: string): Promise<void> {
    checkKey(name, 'tag.name', experimentLimits.tagName);
    await this.withLive(project, iid, async (within) => {
      if (await this.repository.deleteTag(project, iid, name, within)) return;
      throw notFound(`No tag with name: ${name} in experiment with id ${iid}`);
    });
  }

  private async withLive(
    project: ProjectId,
    iid: ExperimentIid,
    work: (within: Queryable) => Promise<void>,
  ): Promise<void> {
    await this.repository.transaction(async (within) => {
      const locked = await this.repository.lock(project, iid, within);
      if (locked === undefined || locked.going) throw unknown(iid);
      if (locked.deleted)
        throw invalid(`The experiment ${iid} must be in the 'active' state; it is deleted, restore it first`);
      await work(within);
    });
  }

  private async change(
    project: ProjectId,
    iid: ExperimentIid,
    kind: ExperimentChange['kind'],
    name: string | undefined,
    work: (locked: LockedExperiment, within: Queryable) => Promise<void>,
  ): Promise<void> {
    const change = await this.repository.transaction(async (within) => {
      const locked = await this.repository.lock(project, iid, within);
      if (locked === undefined) throw unknown(iid);
      if (locked.going)
        throw invalid(`The experiment ${iid} is being deleted for good; it cannot be restored or changed`);
      const change: ExperimentChange = { kind, project, iid, names: [locked.name, name ?? locked.name] };
      for (const listener of this.listeners) await listener.changing(change, within);
      await work(locked, within);
      return change;
    });
    for (const listener of this.listeners) listener.changed(change);
  }
}
