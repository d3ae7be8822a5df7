import { Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { directSeconds, PresignedArtifacts } from '../../artifacts';
import { invalid } from '../../common';
import { Message, MlflowApi, type Fields } from '../wire';
import { ArtifactRoots } from './artifact-roots';
import { requireSupport } from './supported';
import { readExpiration } from './transfer.requests';

/** Addresses of single files of runs and logged models. */
@MlflowApi('artifacts')
export class PresignedUrlsController {
  constructor(
    private readonly roots: ArtifactRoots,
    private readonly presigned: PresignedArtifacts,
  ) {}

  @Post('presigned-upload-url')
  @Requires('artifacts:write')
  async upload(@CurrentAccess() { project, principal }: Access, @Message() fields: Fields): Promise<object> {
    const path = fields.requiredString('path');
    const [run, model] = [fields.string('run_id') ?? '', fields.string('model_id') ?? ''];
    if ((run === '') === (model === '')) throw invalid('Exactly one of run_id and model_id must be provided.');
    const expiration = readExpiration(fields, directSeconds.most);
    requireSupport(this.presigned.available, 'Presigned upload');
    const root = await (run === '' ? this.roots.ofModel(project.id, model) : this.roots.ofRun(project.id, run));
    const uploader = { by: principal.name, ...expiration };
    const { url, contentType } = await this.presigned.upload(project.id, `${root}/${path}`, uploader);
    return { presigned_url: url, headers: { 'Content-Type': contentType } };
  }

  @Post('presigned-download-url')
  @Requires('artifacts:read')
  async download(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const [run, path] = [fields.requiredString('run_id'), fields.requiredString('path')];
    const { seconds } = readExpiration(fields, directSeconds.most);
    requireSupport(this.presigned.available, 'Presigned download');
    const root = await this.roots.ofRun(project.id, run);
    const { url, size } = await this.presigned.download(project.id, `${root}/${path}`, seconds);
    return { presigned_url: url, file_size: size };
  }
}
