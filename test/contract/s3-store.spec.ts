import { S3Store } from '../../src/artifacts';
import { describePart } from '../support/parts';
import { s3Client, startMinio, startVersitygw, type S3Server } from '../support/s3';
import { describeArtifactStore } from './artifact-store.contract';

async function pendingUploads(server: S3Server): Promise<number> {
  const uploads: unknown[] = await s3Client(server).listIncompleteUploads(server.bucket, '', true).toArray();
  return uploads.length;
}

for (const [name, start] of [
  ['versitygw', startVersitygw],
  ['minio', startMinio],
] as const) {
  describePart(name, `artifacts in S3, by ${name}`, () => {
    let server: S3Server;

    afterAll(() => server.stop());

    describeArtifactStore(async () => {
      server = await start();
      return {
        store: new S3Store({ ...server, bucket: 'made-when-missing' }),
        leftovers: () => pendingUploads({ ...server, bucket: 'made-when-missing' }),
      };
    });
  });
}
