import { once } from 'node:events';
import { request, type ClientRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AssayServer } from '../support/assay';
import type { CreatedProject, HttpResult } from '../support/assay-acts';
import { createRun } from './writers';

/** The artifacts of one run. */
export interface RunArtifacts {
  /** The address of an artifact. */
  at(name: string): string;
  put(name: string, content: string): Promise<HttpResult>;
  get(name: string): Promise<HttpResult>;
  /** Names, or the status when the list is refused. */
  list(): Promise<string[] | number>;
  /** Sends half of what it announced, and goes on only when it is told. */
  half(name: string, bytes: number): Promise<ClientRequest>;
}

/** A new run of the project, with what tests do to its artifacts. */
export async function runArtifacts(server: AssayServer, project: CreatedProject): Promise<RunArtifacts> {
  const { token } = project;
  const base = `${project.tracking_uri}/api/2.0/mlflow-artifacts/artifacts`;
  const root = `0/${await createRun(server, project)}/artifacts`;
  const at = (name: string): string => `${base}/${root}/${name}`;
  return {
    at,
    put: (name, content) => server.call('PUT', at(name), { token, content }),
    get: (name) => server.call('GET', at(name), { token }),
    list: async () => {
      const answer = await server.call('GET', `${base}?path=${root}`, { token });
      if (answer.status !== 200) return answer.status;
      return ((answer.json() as { files?: { path: string }[] }).files ?? []).map(({ path }) => path);
    },
    half: async (name, bytes) => {
      const headers = { authorization: `Bearer ${token}`, 'content-length': bytes };
      const sent = request(at(name), { method: 'PUT', headers });
      sent.on('error', () => undefined);
      const half = Buffer.alloc(bytes / 2, 'x');
      if (!sent.write(half)) await once(sent, 'drain');
      await sleep(300);
      return sent;
    },
  };
}
