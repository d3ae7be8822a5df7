import { Injectable } from '@nestjs/common';
import { CandidatesService, type Candidate } from '../candidates';
import { asCandidateIid, notFound, parseIid, type HttpRequest, type ProjectId } from '../common';
import { ArtifactsService } from './artifacts.service';
import { sendArtifact } from './http/send-artifact';

/** The two ends of an exchange, as Express and Fastify hand them out. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: object;
}

/** Artifacts as people address them: by the candidate's iid and a path below its root. */
@Injectable()
export class CandidateArtifacts {
  constructor(
    private readonly artifacts: ArtifactsService,
    private readonly candidates: CandidatesService,
  ) {}

  /** One level; sizes in bytes. */
  async list(project: ProjectId, iid: string, folder: string): Promise<object> {
    const path = folder.replace(/\/$/, '');
    const entries = await this.artifacts.listOf(project, await this.find(project, iid), path);
    return {
      artifacts: entries.map((entry) => ({ ...entry, path: path === '' ? entry.name : `${path}/${entry.name}` })),
    };
  }

  /** Sends one file. */
  async send(project: ProjectId, iid: string, path: string, { request, response }: Exchange): Promise<void> {
    const root = this.artifacts.ownRootOf(await this.find(project, iid));
    await sendArtifact(request, response, await this.artifacts.open(project, `${root}/${path}`));
  }

  private async find(project: ProjectId, text: string): Promise<Candidate> {
    const iid = parseIid(text);
    const [details] = iid === undefined ? [] : await this.candidates.byIids(project, [asCandidateIid(iid)]);
    if (details === undefined) throw notFound(`There is no candidate ${text} in this project`);
    return details.candidate;
  }
}
