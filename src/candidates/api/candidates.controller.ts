import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { NativeApi, Operation } from '../../common';
import { CandidateAnswer, CandidatesAnswer, SelectedCandidateAnswer } from './candidate.answers';
import { CandidatesApi } from './candidates-api.service';
import { CandidatesQuery, CandidateUpdateBody, FieldsQuery, NewCandidateBody } from './candidates.dto';

/** Candidates on the native API. */
@NativeApi('Candidates')
@Controller('projects/:project/ml/candidates')
export class CandidatesController {
  constructor(private readonly candidates: CandidatesApi) {}

  @Get()
  @Requires('candidates:read')
  @Operation('List candidates', { answer: CandidatesAnswer })
  list(@CurrentAccess() { project }: Access, @Query() query: CandidatesQuery): Promise<CandidatesAnswer> {
    return this.candidates.list(project.id, query.query(), query.selectedFields());
  }

  @Post()
  @Requires('candidates:write')
  @Operation('Create a candidate', { answer: CandidateAnswer, status: 201 })
  create(@CurrentAccess() { project, principal }: Access, @Body() body: NewCandidateBody): Promise<CandidateAnswer> {
    return this.candidates.create(project.id, body.candidate(principal, Date.now()));
  }

  @Get(':iid')
  @Requires('candidates:read')
  @Operation('Get a candidate', { answer: [CandidateAnswer, SelectedCandidateAnswer] })
  get(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Query() query: FieldsQuery,
  ): Promise<CandidateAnswer | SelectedCandidateAnswer> {
    return this.candidates.get(project.id, iid, query.selectedFields());
  }

  @Patch(':iid')
  @Requires('candidates:write')
  @Operation('Rename a candidate, or tell where it stands', { answer: CandidateAnswer })
  update(
    @CurrentAccess() { project }: Access,
    @Param('iid') iid: string,
    @Body() body: CandidateUpdateBody,
  ): Promise<CandidateAnswer> {
    return this.candidates.update(project.id, iid, body.update());
  }

  @Delete(':iid')
  @Requires('candidates:write')
  @Operation('Delete a candidate', { description: 'It can be restored. Deleted already is no error.' })
  async delete(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<void> {
    await this.candidates.delete(project.id, iid);
  }

  @Post(':iid/restore')
  @Requires('candidates:write')
  @Operation('Restore a deleted candidate', { answer: CandidateAnswer, description: 'Live already is no error.' })
  restore(@CurrentAccess() { project }: Access, @Param('iid') iid: string): Promise<CandidateAnswer> {
    return this.candidates.restore(project.id, iid);
  }
}
