import { Get, Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { ArtifactsService } from '../../artifacts';
import { CandidatesService } from '../../candidates';
import { CandidateModelsService } from '../../models';
import { ofExperiment } from '../experiments/experiment-id';
import { Message, MlflowApi, toNextPage, unlessEmpty, type Fields } from '../wire';
import { ofRun, readRunId } from './run-id';
import { toRunModels } from './run-models';
import { toRun, toRunInfo } from './run.presenter';
import { readNewRun, readRunSearch, readRunUpdate } from './run.requests';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html#create-run and its siblings. */
@MlflowApi('runs')
export class RunsController {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly artifacts: ArtifactsService,
    private readonly models: CandidateModelsService,
  ) {}

  @Post('create')
  @Requires('candidates:write')
  async create(@CurrentAccess() { project, principal }: Access, @Message() fields: Fields): Promise<object> {
    const candidate = readNewRun(fields, principal, Date.now());
    const created = await ofExperiment(candidate.experimentIid, this.candidates.create(project.id, candidate));
    return { run: toRun(created, this.artifacts.uriOf(created.candidate)) };
  }

  @Get('get')
  @Requires('candidates:read')
  async get(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const eid = readRunId(fields);
    const [details, models] = await Promise.all([
      ofRun(eid, this.candidates.get(project.id, eid)),
      this.models.ofCandidate(project.id, eid),
    ]);
    return { run: toRun(details, this.artifacts.uriOf(details.candidate), toRunModels(models)) };
  }

  @Post('search')
  @Requires('candidates:read')
  async search(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const { items, nextPageToken } = await this.candidates.search(project.id, readRunSearch(fields));
    const eids = items.map(({ candidate }) => candidate.eid);
    const models = await this.models.ofCandidates(project.id, eids);
    const runs = items.map((found) =>
      toRun(found, this.artifacts.uriOf(found.candidate), toRunModels(models.get(found.candidate.eid))),
    );
    return { ...unlessEmpty('runs', runs), ...toNextPage(nextPageToken) };
  }

  @Post('update')
  @Requires('candidates:write')
  async update(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const eid = readRunId(fields);
    const candidate = await ofRun(eid, this.candidates.update(project.id, eid, readRunUpdate(fields)));
    return { run_info: toRunInfo(candidate, this.artifacts.uriOf(candidate)) };
  }

  @Post('delete')
  @Requires('candidates:write')
  async delete(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const eid = readRunId(fields);
    await ofRun(eid, this.candidates.delete(project.id, eid));
    return {};
  }

  @Post('restore')
  @Requires('candidates:write')
  async restore(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const eid = readRunId(fields);
    await ofRun(eid, this.candidates.restore(project.id, eid));
    return {};
  }
}
