import type { IncomingMessage, ServerResponse } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { RouteMeters } from './request-meter';

/** Each of our routes gets a hook of its own when it is declared, so that a request looks nothing up. */
export function measureFastify(instance: FastifyInstance, root: string): void {
  const meters = new RouteMeters(root);
  instance.addHook('onRoute', (route) => {
    const meter = meters.of(route.url);
    if (meter === undefined) return;
    route.onResponse = [
      ...[route.onResponse ?? []].flat(),
      (request, reply, done) => {
        meter.count(request.method, reply.statusCode, reply.elapsedTime / 1_000);
        done();
      },
    ];
  });
}

/** Express knows a request's route only afterwards. */
export function measureExpress(app: INestApplication, root: string): void {
  const meters = new RouteMeters(root);
  app.use((request: IncomingMessage & { route?: { path?: unknown } }, response: ServerResponse, next: () => void) => {
    const began = performance.now();
    response.once('finish', () => {
      const pattern = request.route?.path;
      if (typeof pattern !== 'string') return;
      meters.of(pattern)?.count(request.method ?? '', response.statusCode, (performance.now() - began) / 1_000);
    });
    next();
  });
}
