import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import {
  asExperimentIid,
  ListQuery,
  NativeApi,
  notFound,
  Operation,
  parseIid,
  selectionOf,
  type ExperimentIid,
} from '../../common';
import { ExperimentsService } from '../experiments.service';
import { ExperimentAnswer, ExperimentsAnswer } from './experiment.answers';
import { presentExperiment, presentExperiments } from './experiment.presenter';
import {
  ExperimentRestoreBody,
  ExperimentTagQuery,
  ExperimentTagsBody,
  ExperimentUpdateBody,
  NewExperimentBody,
} from './experiments.dto';

function readIid(text: string): ExperimentIid {
  const iid = parseIid(text);
  if (iid === undefined)
    throw notFound(`No experiment with iid ${JSON.stringify(text)} exists; iids are whole numbers`);
  return asExperimentIid(iid);
}

/** Experiments on the native API. */
@NativeApi('Experiments')
@Controller('projects/:project/ml/experiments')
export class ExperimentsController {
  constructor(private readonly experiments: ExperimentsService) {}

  @Get()
  @Requires('experiments:read')
  @Operation('List experiments', { answer: ExperimentsAnswer })
  async list(@CurrentAccess() { project }: Access, @Query() query: ListQuery): Promise<ExperimentsAnswer> {
    return presentExperiments(await this.experiments.search(project.id, selectionOf(query)));
  }

  @Post()
  @Requires('experiments:write')
  @Operation('Create an experiment', { answer: ExperimentAnswer, status: 201, refusals: ['already-exists'] })
  async create(
    @CurrentAccess() { project, principal }: Access,
    @Body() body: NewExperimentBody,
  ): Promise<ExperimentAnswer> {
    return presentExperiment(await this.experiments.create(project.id, body.experiment(principal.name)));
  }

  @Get(':iid')
  @Requires('experiments:read')
  @Operation('Get an experiment', { answer: ExperimentAnswer })
  async get(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<ExperimentAnswer> {
    return presentExperiment(await this.experiments.get(project.id, readIid(iid)));
  }

  @Patch(':iid')
  @Requires('experiments:write')
  @Operation('Rename an experiment', { answer: ExperimentAnswer, refusals: ['already-exists'] })
  async update(
    @CurrentAccess() access: Access,
    @Param('iid') iid: string,
    @Body() { name }: ExperimentUpdateBody,
  ): Promise<ExperimentAnswer> {
    await this.experiments.rename(access.project.id, readIid(iid), name);
    return this.get(access, iid);
  }

  @Delete(':iid')
  @Requires('experiments:write')
  @Operation('Delete an experiment', { description: 'Its live candidates are deleted with it. It can be restored.' })
  async delete(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<void> {
    await this.experiments.delete(project.id, readIid(iid));
  }

  @Post(':iid/restore')
  @Requires('experiments:write')
  @Operation('Restore a deleted experiment', {
    answer: ExperimentAnswer,
    refusals: ['already-exists'],
    description: 'With the candidates that were deleted with it.',
  })
  async restore(
    @CurrentAccess() access: Access,
    @Param('iid') iid: string,
    @Body() { name }: ExperimentRestoreBody,
  ): Promise<ExperimentAnswer> {
    await this.experiments.restore(access.project.id, readIid(iid), name);
    return this.get(access, iid);
  }

  @Post(':iid/tags')
  @Requires('experiments:write')
  @Operation('Set tags of an experiment', { description: 'All of them or none.' })
  async setTags(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Body() body: ExperimentTagsBody,
  ): Promise<void> {
    await this.experiments.setTags(project.id, readIid(iid), body.named());
  }

  @Delete(':iid/tags')
  @Requires('experiments:write')
  @Operation('Delete a tag of an experiment')
  async deleteTag(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Query() { name }: ExperimentTagQuery,
  ): Promise<void> {
    await this.experiments.deleteTag(project.id, readIid(iid), name);
  }
}
