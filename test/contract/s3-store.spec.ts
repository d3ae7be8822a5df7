import { S3Store } from '../../src/artifacts';
import { describePart } from '../support/parts';
import { s3Client, startMinio, startVersitygw, type S3Server } from '../support/s3';
import { describeArtifactStore } from './artifact-store.contract';
import { describeDirectTransfers } from './direct-transfers.contract';

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

    beforeAll(async () => {
      server = await start();
    });

    describeArtifactStore(() => {
      const bucket = 'made-when-missing';
      return Promise.resolve({
        store: new S3Store({ ...server, bucket }),
        leftovers: () => pendingUploads({ ...server, bucket }),
      });
    });

    describeDirectTransfers(() => {
      const store = new S3Store({ ...server, bucket: 'direct', publicEndpoint: server.endpoint });
      return Promise.resolve({ store, tellsUnfinished: name !== 'minio' });
    });

    it('signs for the origin that clients reach, and for none unless it is told one', async () => {
      const { direct: hidden } = new S3Store(server);
      expect(hidden.reachable).toBe(false);
      const { direct } = new S3Store({ ...server, publicEndpoint: 'https://s3.example.org' });
      expect(direct.reachable).toBe(true);
      const url = new URL(await direct.presignPart('projects/1/a', 'u', 1, 60));
      expect(url.origin).toBe('https://s3.example.org');
      expect(url.pathname).toBe(`/${server.bucket}/projects/1/a`);
    });
  });
}
