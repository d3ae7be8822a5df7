import { Injectable } from '@nestjs/common';
import type { ExperimentIid, Page, ProjectId } from '../common';
import type { Experiment, ExperimentSearch, NewExperiment } from './experiment';

/** The experiments of a project. */
@Injectable()
export class ExperimentsService {
  /** @throws AssayError `already-exists` for the name of a live experiment */
  create(_project: ProjectId, _experiment: NewExperiment): Promise<Experiment> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Deleted ones too. @throws AssayError `not-found` */
  get(_project: ProjectId, _iid: ExperimentIid): Promise<Experiment> {
    return Promise.reject(new Error('not built yet'));
  }

  /** The live one of the name, else the one deleted last. @throws AssayError `not-found` */
  getByName(_project: ProjectId, _name: string): Promise<Experiment> {
    return Promise.reject(new Error('not built yet'));
  }

  search(_project: ProjectId, _search: ExperimentSearch): Promise<Page<Experiment>> {
    return Promise.reject(new Error('not built yet'));
  }

  rename(_project: ProjectId, _iid: ExperimentIid, _name: string): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Its live candidates are deleted with it. */
  delete(_project: ProjectId, _iid: ExperimentIid): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Brings back the candidates that were deleted with it. */
  restore(_project: ProjectId, _iid: ExperimentIid, _name?: string): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  setTag(_project: ProjectId, _iid: ExperimentIid, _name: string, _value: string): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  deleteTag(_project: ProjectId, _iid: ExperimentIid, _name: string): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Safe to repeat. */
  ensureDefaultExperiment(_project: ProjectId, _createdBy: string): Promise<void> {
    return Promise.reject(new Error('not built yet'));
  }
}
