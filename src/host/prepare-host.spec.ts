import { Controller, Get, Module, Post, Put, Req, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { readBody, sentContentType, type HttpRequest } from '../common';
import { prepareHost } from './prepare-host';

interface Echo {
  readonly text: string;
  readonly parsed: boolean;
  readonly type: string | null;
}

async function echo(request: HttpRequest): Promise<Echo> {
  const parsed = request.body !== undefined;
  const text = (await readBody(request, 5_000_000)).toString('utf8');
  return { text, parsed, type: sentContentType(request.headers) ?? null };
}

@Controller()
class TestController {
  @Post('api/v4/projects/:project/ml/mlflow/api/2.0/mlflow/runs/log-metric')
  log(@Req() request: HttpRequest): Promise<Echo> {
    return echo(request);
  }

  @Put('api/v4/projects/:project/ml/mlflow/api/2.0/mlflow-artifacts/artifacts/file')
  upload(@Req() request: HttpRequest): Promise<Echo> {
    return echo(request);
  }

  @Post('api/v4/ml/hooks/gitea')
  hook(@Req() request: HttpRequest): Promise<Echo> {
    return echo(request);
  }

  @Get('api/v4/projects/:project/ml/mlflow/version')
  version(@Req() request: HttpRequest): { project: string | undefined } {
    return { project: request.params['project'] };
  }

  @Post('own')
  own(@Req() request: HttpRequest): unknown {
    return { body: request.body, type: request.headers['content-type'] };
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

const tracking = 'api/v4/projects/group%2Fname/ml/mlflow';

describe.each([
  ['Express', (): ExpressAdapter => new ExpressAdapter()],
  ['Fastify', (): FastifyAdapter => new FastifyAdapter()],
])('A host on %s', (_name, adapter) => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    app = await NestFactory.create(TestModule, adapter(), { logger: false });
    prepareHost(app);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());

  async function send(
    path: string,
    method: string,
    body: string | Uint8Array<ArrayBuffer>,
    type?: string,
  ): Promise<unknown> {
    const headers = type === undefined ? {} : { 'content-type': type };
    const response = await fetch(`${url}/${path}`, { method, body, headers });
    return response.json();
  }

  it('leaves the JSON of the tracking URI unread', async () => {
    const answer = await send(`${tracking}/api/2.0/mlflow/runs/log-metric`, 'POST', '{"a":1}', 'application/json');
    expect(answer).toEqual({ text: '{"a":1}', parsed: false, type: 'application/json' });
  });

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'leaves an upload of %s unread',
    async (type) => {
      const answer = await send(`${tracking}/api/2.0/mlflow-artifacts/artifacts/file`, 'PUT', '{"a": [', type);
      expect(answer).toEqual({ text: '{"a": [', parsed: false, type });
    },
  );

  it('leaves an upload without a content type unread', async () => {
    const body = new Uint8Array([104, 105]);
    const answer = await send(`${tracking}/api/2.0/mlflow-artifacts/artifacts/file`, 'PUT', body);
    expect(answer).toEqual({ text: 'hi', parsed: false, type: null });
  });

  it('streams an upload larger than what the host lets its own routes have', async () => {
    const body = 'x'.repeat(3_000_000);
    const upload = (await send(
      `${tracking}/api/2.0/mlflow-artifacts/artifacts/file`,
      'PUT',
      body,
      'text/plain',
    )) as Echo;
    expect(upload.text.length).toBe(body.length);
  });

  it('leaves webhooks unread, with a query too', async () => {
    const answer = await send('api/v4/ml/hooks/gitea?project=1', 'POST', '{"b": 2}', 'application/json');
    expect(answer).toEqual({ text: '{"b": 2}', parsed: false, type: 'application/json' });
  });

  it('does not believe a client that names its content type as we do', async () => {
    const response = await fetch(`${url}/${tracking}/api/2.0/mlflow-artifacts/artifacts/file`, {
      method: 'PUT',
      body: new Uint8Array([104, 105]),
      headers: { 'x-assay-content-type': 'text/html' },
    });
    expect(await response.json()).toEqual({ text: 'hi', parsed: false, type: null });
  });

  it('lets requests without a body pass', async () => {
    const response = await fetch(`${url}/${tracking}/version`);
    expect(await response.json()).toEqual({ project: 'group/name' });
  });

  it("does not touch the host's own routes", async () => {
    const answer = await send('own', 'POST', '{"a":1}', 'application/json');
    expect(answer).toEqual({ body: { a: 1 }, type: 'application/json' });
  });
});
