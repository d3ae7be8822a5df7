import { Injectable } from '@nestjs/common';
import { CandidateFinder, CandidatesService, type Candidate } from '../candidates';
import type { HttpRequest, ProjectId } from '../common';
import type { ArtifactsAnswer } from './artifacts.dto';
import { ArtifactsService } from './artifacts.service';
import { receiveArtifact } from './http/receive-artifact';
import { sendArtifact } from './http/send-artifact';

/** The two ends of an exchange, as Express and Fastify hand them out. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: object;
}

/** Artifacts as people address them: by the candidate's iid or eid and a path below its root. */
@Injectable()
export class CandidateArtifacts {
  constructor(
    private readonly artifacts: ArtifactsService,
    private readonly candidates: CandidatesService,
    private readonly finder: CandidateFinder,
  ) {}

  /** One level; sizes in bytes. */
  async list(project: ProjectId, text: string, folder: string): Promise<ArtifactsAnswer> {
    const path = folder.replace(/\/$/, '');
    const entries = await this.artifacts.listOf(project, await this.find(project, text), path);
    return {
      artifacts: entries.map((entry) => ({ ...entry, path: path === '' ? entry.name : `${path}/${entry.name}` })),
    };
  }

  /** Sends one file. */
  async send(project: ProjectId, text: string, path: string, { request, response }: Exchange): Promise<void> {
    await sendArtifact(request, response, await this.artifacts.open(project, await this.at(project, text, path)));
  }

  /** Takes one file; resolves when the whole of it is stored. */
  async receive(project: ProjectId, text: string, path: string, request: HttpRequest): Promise<void> {
    const { content, options } = receiveArtifact(request);
    await this.artifacts.upload(project, await this.at(project, text, path), content, options);
  }

  /** A file, or a folder with all below it; safe to repeat. */
  async remove(project: ProjectId, text: string, path: string): Promise<void> {
    await this.artifacts.remove(project, await this.at(project, text, path));
  }

  private async at(project: ProjectId, text: string, path: string): Promise<string> {
    return `${this.artifacts.ownRootOf(await this.find(project, text))}/${path}`;
  }

  private async find(project: ProjectId, text: string): Promise<Candidate> {
    const { eid } = await this.finder.find(project, text);
    return (await this.candidates.get(project, eid)).candidate;
  }
}
