import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore, S3Store } from '../../../src/artifacts';
import { startArtifactServer, type ArtifactProject, type ArtifactServer } from '../../artifacts/server';
import { describePart } from '../../support/parts';
import { startVersitygw } from '../../support/s3';
import { post, Upload } from './scene';

interface Hidden {
  readonly server: ArtifactServer;
  close(): Promise<void>;
}

function describeHiddenStore(start: () => Promise<Hidden>): void {
  let hidden: Hidden;
  let project: ArtifactProject;
  let run: { id: string; root: string };

  beforeAll(async () => {
    hidden = await start();
    project = await hidden.server.project();
    run = await project.run();
  });

  afterAll(() => hidden.close());

  it('is told to clients before they ask', async () => {
    for (const path of ['/api/3.0/mlflow/server-info', '/ajax-api/3.0/mlflow/server-info']) {
      expect((await project.mlflow('GET', path)).json).toMatchObject({
        multipart_uploads_enabled: false,
        multipart_downloads_enabled: false,
        presigned_upload_run_id_supported: false,
        presigned_upload_model_id_supported: false,
      });
    }
  });

  it('is answered in the words by which clients fall back', async () => {
    const upload = new Upload(project, run.root);
    const fields = { num_parts: 1, upload_id: 'x', parts: [{ part_number: 1, etag: 'x' }] };
    const file = { run_id: run.id, path: 'a' };
    const answers = {
      'Multipart upload': ['create', 'complete', 'abort'].map((act) => upload.act(act, fields)),
      'Multipart download': [project.mlflow('GET', `/api/2.0/mlflow-artifacts/presigned/${run.root}/a`)],
      'Presigned upload': [post(project, '/api/2.0/mlflow/artifacts/presigned-upload-url', file)],
      'Presigned download': [post(project, '/ajax-api/2.0/mlflow/artifacts/presigned-download-url', file)],
    };
    for (const [ability, asked] of Object.entries(answers)) {
      for (const { status, json } of await Promise.all(asked)) {
        expect([status, json]).toEqual([
          501,
          {
            error_code: 'NOT_IMPLEMENTED',
            message: `${ability} is not supported for the current artifact repository`,
          },
        ]);
      }
    }
  });
}

describe('a folder, which clients do not reach,', () => {
  describeHiddenStore(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-hidden-'));
    const server = await startArtifactServer({ store: new FileStore(folder) });
    return {
      server,
      async close() {
        await server.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  });
});

describePart('versitygw', 'an S3 store without an address for clients', () => {
  describeHiddenStore(async () => {
    const s3 = await startVersitygw();
    const server = await startArtifactServer({ store: new S3Store(s3) });
    return {
      server,
      async close() {
        await server.close();
        await s3.stop();
      },
    };
  });
});
