import { Controller, Get, Header, Param, Redirect } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { CandidatesService } from '../../candidates';
import { Addresses, HtmlPages, pagePath } from '../../common';
import { ofRun, parseRunId } from '../runs/run-id';
import { runLinkScript, runLinkScriptName } from './run-link.page';

/** Pages by the ids that the MLflow client knows. */
@HtmlPages()
@Controller()
export class RunPageController {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly addresses: Addresses,
  ) {}

  /** Leads to the page of the run's candidate. */
  @Get(':namespace/:name/-/ml/runs/:run')
  @Requires('candidates:read')
  @Redirect()
  async show(
    @CurrentAccess() { project }: Access,
    @Param('run') run: string,
  ): Promise<{ url: string; statusCode: number }> {
    const eid = parseRunId(run);
    const { candidate } = await ofRun(eid, this.candidates.get(project.id, eid));
    return { url: pagePath(this.addresses, project.path, `candidates/${String(candidate.iid)}`), statusCode: 303 };
  }

  @Get(`-/ml/${runLinkScriptName}`)
  @Requires('public')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  @Header('X-Content-Type-Options', 'nosniff')
  script(): string {
    return runLinkScript;
  }
}
