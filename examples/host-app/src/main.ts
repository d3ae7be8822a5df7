import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { prepareDatabase, prepareHost } from '../../../src';
import { AppModule } from './app.module';

async function main(): Promise<void> {
  const { DATABASE_URL: url, SESSION_SECRET: sessionSecret, PORT: port = '3000' } = process.env;
  if (url === undefined || sessionSecret === undefined) throw new Error('Set DATABASE_URL and SESSION_SECRET.');
  await prepareDatabase(url);
  const options = {
    publicUrl: `http://localhost:${port}`,
    database: { url },
    artifactsFolder: 'artifacts',
    sessionSecret,
  };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(options), new FastifyAdapter());
  prepareHost(app);
  app.enableShutdownHooks();
  await app.listen(Number(port));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
