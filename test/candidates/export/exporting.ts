import http from 'node:http';
import { CandidatesService } from '../../../src/candidates';
import { asExperimentIid } from '../../../src/common';
import { ExperimentsService } from '../../../src/experiments';
import { startNativeWorld, type NativeWorld } from '../../native/world';
import { plain, writing } from '../house';
import { seedSweep } from '../search/sweep';

/** A project with candidates, and ways to export them. */
export interface ExportWorld extends NativeWorld {
  /** The address of an export, such as `candidates/export?format=csv`. */
  address(path: string, query?: Record<string, string | readonly string[]>): string;
  /** The whole file. */
  bytes(path: string, query?: Record<string, string | readonly string[]>): Promise<Buffer>;
  /** The answer, of which nothing is read yet. */
  open(
    path: string,
    query?: Record<string, string>,
  ): Promise<{ request: http.ClientRequest; answer: http.IncomingMessage }>;
}

/** Starts a server with an enabled project. */
export async function startExportWorld(adapter: 'fastify' | 'express' = 'fastify'): Promise<ExportWorld> {
  const world = await startNativeWorld(adapter);
  const url = await world.app.getUrl();
  const headers = { authorization: `Bearer ${world.tokens.reader}` };
  const address: ExportWorld['address'] = (path, query = {}) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, one);
    return `${url}/api/v4/projects/${world.project}/ml/${path}?${search.toString()}`;
  };
  return {
    ...world,
    address,
    async bytes(path, query) {
      const answer = await fetch(address(path, query), { headers });
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return Buffer.from(await answer.arrayBuffer());
    },
    open: (path, query) =>
      new Promise((resolve, reject) => {
        const request = http.get(address(path, query), { headers, agent: false }, (answer) => {
          resolve({ request, answer });
        });
        request.once('error', reject);
      }),
  };
}

/**
 * A sweep as the experiment 1 whose candidates (`trial 1` …) have three params of 6,000 characters each besides.
 * @returns how many bytes a file with these has at least
 */
export async function logSweep({ database, project }: NativeWorld, candidates: number): Promise<number> {
  await seedSweep(database, { project, experiment: 1, candidates, from: 1 });
  await database.query(
    {
      text: `INSERT INTO assay.candidate_params SELECT $1::bigint, i, 'long ' || k, repeat(md5((i * k)::text), 187)
        FROM generate_series(1, $2::bigint) i, generate_series(1, 3) k`,
    },
    [project, candidates],
  );
  return candidates * 3 * 5_984;
}

/** What is left of an answer, in bytes. Rejects when the connection breaks. */
export async function lengthOf(answer: AsyncIterable<Buffer>): Promise<number> {
  let length = 0;
  for await (const chunk of answer) length += chunk.length;
  return length;
}

/** Three candidates of two experiments: one with odd values, a failed one, and one with nothing. */
export async function logTrials({ app, project }: NativeWorld): Promise<{ second: number }> {
  const candidates = app.get(CandidatesService);
  const second = await app.get(ExperimentsService).create(project, { name: 'second', tags: [], createdBy: 'ada' });
  const startedAt = 1_700_000_000_000;
  const odd = await candidates.create(
    project,
    plain({ name: 'odd, "one"', startedAt: startedAt + 2_000, userName: '=cmd' }),
  );
  await candidates.write(
    project,
    writing(odd.candidate.eid, {
      points: [
        { name: 'loss', value: 0.5, step: 0, trackedAt: startedAt },
        { name: 'loss', value: Number.NaN, step: 1, trackedAt: startedAt + 1 },
        { name: 'acc/top 1', value: Infinity, step: 0, trackedAt: startedAt },
      ],
      params: [
        { name: 'lr', value: '-0.1' },
        { name: 'note', value: '日本\n"ah"' },
      ],
      tags: [{ name: 'team', value: '@home' }],
      source: { commit: 'c'.repeat(40), branch: 'topic', mergeRequest: 7 },
    }),
  );
  const failed = await candidates.create(project, plain({ name: 'failed', startedAt: startedAt + 1_000 }));
  await candidates.write(
    project,
    writing(failed.candidate.eid, { points: [{ name: 'loss', value: 2, step: 5, trackedAt: startedAt + 9 }] }),
  );
  await candidates.update(project, failed.candidate.eid, { status: 'failed', endedAt: startedAt + 61_000 });
  await candidates.create(project, plain({ name: 'bare', startedAt, experimentIid: asExperimentIid(second.iid) }));
  return { second: second.iid };
}
