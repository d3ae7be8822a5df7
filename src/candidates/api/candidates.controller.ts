import { Controller, Get, Param, Query } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { asCandidateIid, NativeApi, notFound, parseIid } from '../../common';
import { CandidatesService } from '../candidates.service';
import { presentCandidates, presentDetails } from './candidate.presenter';
import { CandidatesQuery } from './candidates.dto';

/** Reading candidates on the native API. */
@NativeApi()
@Controller('projects/:project/ml/candidates')
export class CandidatesController {
  constructor(private readonly candidates: CandidatesService) {}

  @Get()
  @Requires('candidates:read')
  async list(@CurrentAccess() { project }: Access, @Query() query: CandidatesQuery): Promise<unknown> {
    return presentCandidates(await this.candidates.search(project.id, query.query()));
  }

  @Get(':iid')
  @Requires('candidates:read')
  async get(@CurrentAccess() { project }: Access, @Param('iid') text: string): Promise<unknown> {
    const iid = parseIid(text);
    const [details] = iid === undefined ? [] : await this.candidates.byIids(project.id, [asCandidateIid(iid)]);
    if (details === undefined) throw notFound(`No candidate with iid ${JSON.stringify(text)} exists`);
    return presentDetails(details);
  }
}
