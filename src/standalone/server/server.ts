import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { prepareHost } from '../../index';
import { ServerLogger } from './logger';
import { measureProcess } from './metrics';
import type { ServerPlan } from './plan';
import { StandaloneModule } from './standalone.module';

/** Starts the server in this process; it answers when this resolves. */
export async function startServer(plan: ServerPlan): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: 'idle',
    // Uploads may take long; a client that sends no headers may not.
    requestTimeout: 0,
    connectionTimeout: 0,
  });
  const app = await NestFactory.create<NestFastifyApplication>(StandaloneModule.for(plan, measureProcess()), adapter, {
    logger: new ServerLogger(process.env['ASSAY_TEST_LOG_LEVEL'] ?? 'warn'),
    abortOnError: false,
  });
  prepareHost(app);
  await app.listen({ port: plan.port, host: plan.configuration.host });
  return app;
}

/** What is under way has this long to end; a longer upload is broken off, and its client sends it again. */
const graceMs = 5_000;
const sweepEveryMs = 100;

/** Answers what is under way, then ends: kept-alive connections do not hold it up, nor does an upload that never ends. */
export async function closeServer(app: NestFastifyApplication): Promise<void> {
  const server: Server = app.getHttpServer();
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, sweepEveryMs);
  const force = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(force);
  }
}
