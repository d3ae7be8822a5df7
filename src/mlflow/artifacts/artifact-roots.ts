import { Injectable } from '@nestjs/common';
import { ArtifactsService } from '../../artifacts';
import { CandidatesService } from '../../candidates';
import type { ProjectId } from '../../common';
import { LoggedModelsService } from '../../models';
import { ofRun, parseRunId } from '../runs/run-id';

/** Where in this server the artifacts of what the protocol names lie. */
@Injectable()
export class ArtifactRoots {
  constructor(
    private readonly candidates: CandidatesService,
    private readonly models: LoggedModelsService,
    private readonly artifacts: ArtifactsService,
  ) {}

  /** @throws AssayError `not-found`, or `unsupported` when they are kept elsewhere */
  async ofRun(project: ProjectId, id: string): Promise<string> {
    const eid = parseRunId(id);
    const { candidate } = await ofRun(eid, this.candidates.get(project, eid));
    return this.artifacts.ownRootOf(candidate);
  }

  /** @throws AssayError `not-found`, or `unsupported` when they are kept elsewhere */
  async ofModel(project: ProjectId, id: string): Promise<string> {
    const model = await this.models.get(project, id);
    return this.artifacts.ownRoot(this.models.rootOf(model), this.models.uriOf(model));
  }
}
