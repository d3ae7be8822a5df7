import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { NativeApi, Operation, type HttpRequest } from '../../common';
import { CandidateExports } from './candidate-exports';
import { CandidatesExportQuery, MetricsExportQuery } from './export.dto';
import { formats } from './formats';

const content = Object.values(formats).map(({ contentType }) => contentType.split(';', 1)[0] ?? '');

/** What was tracked as files for data frames and spreadsheets. */
@NativeApi('Exports')
@Controller('projects/:project/ml')
export class ExportController {
  constructor(private readonly exports: CandidateExports) {}

  @Get('candidates/export')
  @Requires('candidates:read')
  @Operation('Export candidates with their latest metrics, params and tags', {
    content,
    refusals: ['rate-limited'],
    description: 'A row a candidate, as all of them were at one moment, however many there are.',
  })
  candidates(
    @CurrentAccess() { project }: Access,
    @Query() query: CandidatesExportQuery,
    @Req() request: HttpRequest,
    @Res() response: object,
  ): Promise<void> {
    return this.exports.candidates(project, query, { request, response });
  }

  @Get('metrics/export')
  @Requires('candidates:read')
  @Operation('Export every point of metrics', {
    content,
    refusals: ['rate-limited'],
    description: 'A row a point, by candidate, name, step, time and value.',
  })
  points(
    @CurrentAccess() { project }: Access,
    @Query() query: MetricsExportQuery,
    @Req() request: HttpRequest,
    @Res() response: object,
  ): Promise<void> {
    return this.exports.points(project, query, { request, response });
  }
}
