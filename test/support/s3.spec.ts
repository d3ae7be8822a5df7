import { text } from 'node:stream/consumers';
import { describePart } from './parts';
import { s3Client, startMinio, startVersitygw, type S3Server } from './s3';

const servers = [
  ['versitygw', startVersitygw],
  ['minio', startMinio],
] as const;

for (const [name, start] of servers) {
  describePart(name, `a real S3 server, ${name}`, () => {
    let server: S3Server;

    beforeAll(async () => {
      server = await start();
    });

    afterAll(async () => {
      await server.stop();
    });

    it('gives an object back, also after it was killed and started again', async () => {
      const client = s3Client(server);
      await client.putObject(server.bucket, 'a/b.txt', 'kept');
      await server.kill();
      await server.restart();
      await expect(text(await client.getObject(server.bucket, 'a/b.txt'))).resolves.toBe('kept');
    });

    it('refuses a request without a signature', async () => {
      const answer = await fetch(`${server.endpoint}/${server.bucket}/a/b.txt`);
      expect(answer.status).toBe(403);
    });
  });
}
