import { Get, Header } from '@nestjs/common';
import { Requires } from '../../access';
import { PresignedArtifacts } from '../../artifacts';
import { MlflowRoutes } from '../wire';

/** The release of the protocol that is spoken; clients switch abilities on by it. */
export const protocolVersion = '3.17.2';
const plain = 'text/plain; charset=utf-8';

/** What clients and probes ask about the server itself. */
@MlflowRoutes('')
export class ServerController {
  constructor(private readonly presigned: PresignedArtifacts) {}

  /** Says nothing about the project, so it needs no right to see it. */
  @Get('health')
  @Requires('public')
  @Header('Content-Type', plain)
  health(): string {
    return 'OK';
  }

  @Get('version')
  @Requires('experiments:read')
  @Header('Content-Type', plain)
  version(): string {
    return protocolVersion;
  }

  @Get(['api/3.0/mlflow/server-info', 'ajax-api/3.0/mlflow/server-info'])
  @Requires('experiments:read')
  info(): object {
    const direct = this.presigned.available;
    return {
      store_type: 'SqlStore',
      workspaces_enabled: false,
      trace_archival_enabled: false,
      multipart_uploads_enabled: direct,
      multipart_downloads_enabled: direct,
      presigned_upload_run_id_supported: direct,
      presigned_upload_model_id_supported: direct,
      features_enabled: { gateway: false },
    };
  }
}
