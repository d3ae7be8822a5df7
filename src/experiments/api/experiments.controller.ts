import { Controller, Get, Param, Query } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import {
  asExperimentIid,
  ListQuery,
  NativeApi,
  notFound,
  parseIid,
  selectionOf,
  type ExperimentIid,
} from '../../common';
import { ExperimentsService } from '../experiments.service';
import { presentExperiment, presentExperiments } from './experiment.presenter';

function readIid(text: string): ExperimentIid {
  const iid = parseIid(text);
  if (iid === undefined)
    throw notFound(`No experiment with iid ${JSON.stringify(text)} exists; iids are whole numbers`);
  return asExperimentIid(iid);
}

/** Reading experiments on the native API. */
@NativeApi()
@Controller('projects/:project/ml/experiments')
export class ExperimentsController {
  constructor(private readonly experiments: ExperimentsService) {}

  @Get()
  @Requires('experiments:read')
  async list(@CurrentAccess() { project }: Access, @Query() query: ListQuery): Promise<unknown> {
    return presentExperiments(await this.experiments.search(project.id, selectionOf(query)));
  }

  @Get(':iid')
  @Requires('experiments:read')
  async get(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<unknown> {
    return presentExperiment(await this.experiments.get(project.id, readIid(iid)));
  }
}
