import { Readable } from 'node:stream';
import { Post, Req } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { ArtifactsService } from '../../artifacts';
import { AssayError, invalid, readBody, type HttpRequest } from '../../common';
import { Fields, MlflowRoutes } from '../wire';
import { ArtifactRoots } from './artifact-roots';

const maxBytes = 10 * 1024 * 1024;

async function readData(request: HttpRequest): Promise<Buffer> {
  const data = await readBody(request, maxBytes).catch((error: unknown) => {
    if (!(error instanceof AssayError) || error.kind !== 'too-large') throw error;
    throw invalid('Artifact size is too large. Max size is 10MB.');
  });
  if (data.length === 0) throw invalid('Request must specify data.');
  return data;
}

function readQuery(request: HttpRequest, name: string): string {
  const value = Fields.ofQuery(request.url).string(name) ?? '';
  if (value === '') throw invalid(`Request must specify ${name}.`, name);
  return value;
}

/** What MLflow's own pages upload by: small files, whose bytes are the body. */
@MlflowRoutes('ajax-api/2.0/mlflow')
export class UploadArtifactController {
  constructor(
    private readonly roots: ArtifactRoots,
    private readonly artifacts: ArtifactsService,
  ) {}

  @Post('upload-artifact')
  @Requires('artifacts:write')
  async upload(@CurrentAccess() { project }: Access, @Req() request: HttpRequest): Promise<object> {
    const [run, path] = [readQuery(request, 'run_uuid'), readQuery(request, 'path')];
    const data = await readData(request);
    const root = await this.roots.ofRun(project.id, run);
    await this.artifacts.upload(project.id, `${root}/${path}`, Readable.from([data]), { size: data.length });
    return {};
  }
}
