import { Get, Post, Req } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { MultipartUploads, pathBehind, PresignedArtifacts } from '../../artifacts';
import type { HttpRequest } from '../../common';
import { Message, messageLimits, MlflowRoutes, type Fields } from '../wire';
import { requireSupport } from './supported';
import { readFileName, readSentParts } from './transfer.requests';

const base = '/mlflow-artifacts';

/** The file that a message about a multipart upload names: the address holds its folder. */
function fileOf(request: HttpRequest, act: string, fields: Fields): string {
  const folder = pathBehind(request, `${base}/mpu/${act}/`).replace(/\/$/, '');
  return `${folder}/${readFileName(fields)}`;
}

/**
 * Large artifacts past the server, by `mlflow-artifacts:` addresses.
 * @see https://mlflow.org/docs/latest/self-hosting/architecture/artifact-store/
 */
@MlflowRoutes('api/2.0/mlflow-artifacts', 'ajax-api/2.0/mlflow-artifacts')
export class TransfersController {
  constructor(
    private readonly multipart: MultipartUploads,
    private readonly presigned: PresignedArtifacts,
  ) {}

  @Post('mpu/create/*')
  @Requires('artifacts:write')
  async create(
    @CurrentAccess() { project, principal }: Access,
    @Req() request: HttpRequest,
    @Message() fields: Fields,
  ): Promise<object> {
    const [path, parts] = [fileOf(request, 'create', fields), fields.int('num_parts') ?? 0];
    requireSupport(this.presigned.available, 'Multipart upload');
    const { id, urls } = await this.multipart.begin(project.id, path, { by: principal.name, parts });
    return { upload_id: id, credentials: urls.map((url, index) => ({ url, part_number: index + 1 })) };
  }

  @Post('mpu/complete/*')
  @Requires('artifacts:write')
  async complete(
    @CurrentAccess() { project }: Access,
    @Req() request: HttpRequest,
    @Message(messageLimits.batch) fields: Fields,
  ): Promise<object> {
    const [path, parts] = [fileOf(request, 'complete', fields), readSentParts(fields)];
    requireSupport(this.presigned.available, 'Multipart upload');
    await this.multipart.complete(project.id, path, fields.string('upload_id') ?? '', parts);
    return {};
  }

  @Post('mpu/abort/*')
  @Requires('artifacts:write')
  async abort(
    @CurrentAccess() { project }: Access,
    @Req() request: HttpRequest,
    @Message() fields: Fields,
  ): Promise<object> {
    const path = fileOf(request, 'abort', fields);
    requireSupport(this.presigned.available, 'Multipart upload');
    await this.multipart.abort(project.id, path, fields.string('upload_id') ?? '');
    return {};
  }

  @Get('presigned/*')
  @Requires('artifacts:read')
  async download(@CurrentAccess() { project }: Access, @Req() request: HttpRequest): Promise<object> {
    const path = pathBehind(request, `${base}/presigned/`);
    requireSupport(this.presigned.available, 'Multipart download');
    const { url, size } = await this.presigned.download(project.id, path);
    return { url, headers: {}, file_size: size };
  }
}
