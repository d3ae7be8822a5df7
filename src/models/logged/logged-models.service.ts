import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ArtifactsService, type ArtifactAccess } from '../../artifacts';
import { CandidatesService, randomName } from '../../candidates';
import { invalid, notFound, parseIid, type NamedValue, type Page, type ProjectId } from '../../common';
import { ExperimentsService } from '../../experiments';
import type { LoggedModel, LoggedModelSearch, LoggedModelStatus, NewLoggedModel } from './logged-model';
import { checkNewLoggedModel, checkParams, checkTags } from './logged-model-rules';
import { LoggedModelsRepository } from './logged-models.repository';
import { LoggedModelsSearch } from './search/logged-models-search';

const modelRoot = /^([0-9]+)\/models\/(m-[0-9a-f]{32})\/artifacts(?=\/|$)/;

/** No model of the project has the id. */
export function unknownModel(id: string): Error {
  return notFound(`Logged model with ID '${id}' not found.`);
}

/** The models that candidates log. Their files lie below `<experiment iid>/models/<model id>/artifacts`. */
@Injectable()
export class LoggedModelsService {
  constructor(
    private readonly repository: LoggedModelsRepository,
    private readonly searches: LoggedModelsSearch,
    private readonly experiments: ExperimentsService,
    private readonly candidates: CandidatesService,
    private readonly artifacts: ArtifactsService,
  ) {
    this.artifacts.registerOwner(modelRoot, (project, groups, access) => this.checkRoot(project, groups, access));
  }

  /** @throws AssayError `not-found` for an unknown experiment or source, `invalid` for a deleted experiment */
  async create(project: ProjectId, model: NewLoggedModel): Promise<LoggedModel> {
    checkNewLoggedModel(model);
    const { deletedAt, artifactLocation } = await this.experiments.get(project, model.experimentIid);
    if (deletedAt !== undefined) {
      throw invalid(
        `The experiment ${model.experimentIid} must be in the 'active' state; it is deleted, restore it first`,
      );
    }
    if (model.source !== undefined) await this.candidates.get(project, model.source);
    const id = `m-${randomUUID().replaceAll('-', '')}`;
    const name = model.name ?? randomName();
    await this.repository.create(project, {
      ...model,
      id,
      name,
      ...(artifactLocation === undefined ? {} : { artifactLocation }),
    });
    return this.get(project, id);
  }

  /** Deleted ones only when asked for. @throws AssayError `not-found` */
  async get(project: ProjectId, id: string, { deleted = false }: { deleted?: boolean } = {}): Promise<LoggedModel> {
    const model = await this.repository.get(project, id);
    if (model === undefined || (model.deletedAt !== undefined && !deleted)) throw unknownModel(id);
    return model;
  }

  /** Its files are there, or never will be. */
  async finalize(project: ProjectId, id: string, status: LoggedModelStatus): Promise<LoggedModel> {
    if (!(await this.repository.finalize(project, id, status))) throw unknownModel(id);
    return this.get(project, id, { deleted: true });
  }

  /** Its files stay. Deleted already is no error. */
  async delete(project: ProjectId, id: string): Promise<void> {
    if (!(await this.repository.markDeleted(project, id))) throw unknownModel(id);
  }

  async setTags(project: ProjectId, id: string, tags: readonly NamedValue[]): Promise<void> {
    checkTags(tags);
    if (!(await this.repository.setTags(project, id, tags))) throw unknownModel(id);
  }

  /** @throws AssayError `not-found` when it has no such tag */
  async deleteTag(project: ProjectId, id: string, name: string): Promise<void> {
    if (await this.repository.deleteTag(project, id, name)) return;
    await this.get(project, id, { deleted: true });
    throw notFound(`No tag with key '${name}' found for model with ID '${id}'.`);
  }

  /** Repeating is harmless; changing a param is `invalid`. */
  async logParams(project: ProjectId, id: string, params: readonly NamedValue[]): Promise<void> {
    checkParams(params);
    if (!(await this.repository.logParams(project, id, params))) throw unknownModel(id);
  }

  /** Deleted ones are left out. @throws AssayError `invalid` for a filter or order that cannot be read */
  search(project: ProjectId, search: LoggedModelSearch): Promise<Page<LoggedModel>> {
    return this.searches.page(project, search);
  }

  /** Where its files lie in this server. */
  rootOf({ experimentIid, id }: Pick<LoggedModel, 'experimentIid' | 'id'>): string {
    return `${experimentIid}/models/${id}/artifacts`;
  }

  /** The address that clients get. */
  uriOf(model: Pick<LoggedModel, 'experimentIid' | 'id' | 'artifactLocation'>): string {
    return this.artifacts.uriOfRoot(this.rootOf(model), model.artifactLocation, `models/${model.id}/artifacts`);
  }

  private async checkRoot(project: ProjectId, groups: readonly string[], access: ArtifactAccess): Promise<void> {
    const [experiment = '', id = ''] = groups;
    const model = await this.get(project, id, { deleted: true });
    if (model.experimentIid !== parseIid(experiment)) throw unknownModel(id);
    if (access === 'write' && model.deletedAt !== undefined) {
      throw invalid(`The logged model ${id} is deleted; its artifacts cannot be changed`);
    }
  }
}
