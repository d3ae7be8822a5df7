import { randomBytes } from 'node:crypto';
import { S3Store } from '../../../src/artifacts';
import {
  startArtifactServer,
  type Answer,
  type ArtifactProject,
  type ArtifactServer,
  type ArtifactServerOptions,
} from '../../artifacts/server';
import { startVersitygw, type S3Server } from '../../support/s3';

/** A server whose store clients reach. */
export interface DirectScene {
  readonly server: ArtifactServer;
  readonly s3: S3Server;
  readonly store: S3Store;
  close(): Promise<void>;
}

/** Starts it. */
export async function startDirectScene(
  limits: Pick<ArtifactServerOptions, 'maxBytes' | 'sweepInterval'> = {},
): Promise<DirectScene> {
  const s3 = await startVersitygw();
  const store = new S3Store({ ...s3, publicEndpoint: s3.endpoint });
  const server = await startArtifactServer({ store, ...limits });
  return {
    server,
    s3,
    store,
    async close() {
      await server.close();
      await s3.stop();
    },
  };
}

/** The least that S3 takes for a part that is not the last. */
export const partBytes = 5 * 1024 * 1024;

/** Posts JSON below the project's tracking URI. */
export function post(project: ArtifactProject, path: string, body: object, token?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return project.mlflow('POST', path, {
    body: JSON.stringify(body),
    headers,
    ...(token === undefined ? {} : { token }),
  });
}

/** A multipart upload that a client began. */
export interface Begun {
  readonly id: string;
  readonly urls: readonly string[];
}

/** The client's acts on one file of a folder. */
export class Upload {
  constructor(
    private readonly project: ArtifactProject,
    private readonly folder: string,
    readonly name = `file-${randomBytes(3).toString('hex')}`,
  ) {}

  act(act: string, fields: object, token?: string): Promise<Answer> {
    const path = `/api/2.0/mlflow-artifacts/mpu/${act}/${encodeURI(this.folder)}`;
    return post(this.project, path, { path: `/models/of/a/client/${this.name}`, ...fields }, token);
  }

  async begin(parts: number): Promise<Begun> {
    const { json, body } = await this.act('create', { num_parts: parts });
    const credentials = json['credentials'] as { url: string; part_number: number }[] | undefined;
    if (credentials === undefined) throw new Error(`No upload: ${body.toString()}`);
    expect(credentials.map(({ part_number: part }) => part)).toEqual(credentials.map((_, index) => index + 1));
    return { id: json['upload_id'] as string, urls: credentials.map(({ url }) => url) };
  }

  async send(
    { urls }: Begun,
    bodies: readonly Buffer[],
  ): Promise<{ part_number: number; etag: string; url: string }[]> {
    return Promise.all(
      bodies.map(async (body, index) => {
        const url = urls[index] ?? '';
        const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(body) });
        expect(answer.status).toBe(200);
        return { part_number: index + 1, etag: answer.headers.get('etag') ?? '', url };
      }),
    );
  }

  /** Two parts, the second of them small. */
  async beginAndSend(): Promise<{ begun: Begun; parts: { part_number: number; etag: string }[]; content: Buffer }> {
    const begun = await this.begin(2);
    const bodies = [Buffer.alloc(partBytes, 'a'), Buffer.from('the end')];
    return { begun, parts: await this.send(begun, bodies), content: Buffer.concat(bodies) };
  }
}

/** Status and error code. */
export function refusal({ status, json }: Answer): [number, unknown] {
  return [status, json['error_code']];
}
