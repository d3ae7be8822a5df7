import { startAssay, type AssayServer } from '../support/assay';
import type { CreatedProject } from '../support/assay-acts';
import { sumOf } from './exposition';
import { createRun, metricsOf, metricsWith, post } from './tracked';

describe('the metrics of the parts of a server', () => {
  let server: AssayServer;
  let project: CreatedProject;
  let run: string;

  beforeAll(async () => {
    server = await startAssay();
    project = await server.createProject('metrics/parts');
    run = await createRun(server, project);
  });
  afterAll(() => server.stop());

  it('count the commits of writes and what they share', async () => {
    const before = await metricsOf(server);
    const sum = (name: string, metrics = before): number => sumOf(metrics, name);
    const metrics = Array.from({ length: 40 }, (_, step) => ({ key: `m${step}`, value: 1, timestamp: 1, step }));
    await post(server, project, 'runs/log-batch', { run_id: run, metrics });
    const writes = Array.from({ length: 12 }, (_, step) =>
      post(server, project, 'runs/log-metric', { run_id: run, key: 'loss', value: 1, timestamp: 1, step }),
    );
    await Promise.all(writes);
    const after = await metricsOf(server);
    expect(sum('assay_write_batch_items_sum', after) - sum('assay_write_batch_items_sum')).toBe(13);
    const commits = sum('assay_write_batch_items_count', after) - sum('assay_write_batch_items_count');
    expect(commits).toBeGreaterThanOrEqual(2);
    expect(commits).toBeLessThanOrEqual(13);
    expect(sum('assay_write_batch_rows_count', after) - sum('assay_write_batch_rows_count')).toBe(commits);
    expect(sum('assay_write_batch_rows_sum', after) - sum('assay_write_batch_rows_sum')).toBeGreaterThanOrEqual(52);
    expect(sum('assay_writes_waiting', after)).toBe(0);
  });

  it('tell the pool', async () => {
    const metrics = await metricsOf(server);
    const connections = 'assay_database_connections';
    expect(sumOf(metrics, connections, { state: 'max' })).toBe(10);
    const open = sumOf(metrics, connections, { state: 'busy' }) + sumOf(metrics, connections, { state: 'idle' });
    expect(open).toBeGreaterThanOrEqual(1);
    expect(open).toBeLessThanOrEqual(10);
    expect(sumOf(metrics, 'assay_database_waiting')).toBeGreaterThanOrEqual(0);
  });

  it('tell how the rights of a token were found, and what the forge was asked for it', async () => {
    const other = await server.createProject('metrics/rights');
    const { token } = await server.createProjectToken('metrics/rights', 'read');
    const before = await metricsOf(server);
    const search = (): Promise<unknown> =>
      server.call('GET', `${other.tracking_uri}/api/2.0/mlflow/experiments/get?experiment_id=0`, { token });
    for (let time = 0; time < 4; time += 1) await search();
    const after = await metricsOf(server);
    const grown = (name: string, labels: Record<string, string>): number =>
      sumOf(after, name, labels) - sumOf(before, name, labels);
    expect(grown('assay_principal_lookups_total', { outcome: 'miss' })).toBe(1);
    expect(grown('assay_principal_lookups_total', { outcome: 'hit' })).toBe(3);
    expect(grown('assay_principals_cached', {})).toBe(1);
    expect(grown('assay_forge_calls_total', { operation: 'access', outcome: 'ok' })).toBe(1);
    expect(grown('assay_forge_call_duration_seconds_count', { operation: 'access' })).toBe(1);
    await server.call('GET', `${other.tracking_uri}/version`, { token: 'unknown-token' });
    const refused = await metricsOf(server);
    expect(sumOf(refused, 'assay_forge_calls_total', { operation: 'access', outcome: 'unauthenticated' })).toBe(1);
  });

  it('count the bytes of artifacts both ways, and what is stored', async () => {
    const content = 'x'.repeat(123_456);
    const at = `${project.tracking_uri}/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/model.bin`;
    const before = await metricsOf(server);
    const { token } = project;
    expect((await server.call('PUT', at, { token, content })).status).toBe(200);
    expect((await server.call('GET', at, { token })).text).toHaveLength(content.length);
    expect((await server.call('GET', at, { token })).text).toHaveLength(content.length);
    const bytes = 'assay_artifact_bytes_total';
    const down = sumOf(before, bytes, { direction: 'down' }) + 2 * content.length;
    const after = await metricsWith(server, bytes, { direction: 'down' }, down);
    expect(sumOf(after, bytes, { direction: 'down' })).toBe(down);
    expect(sumOf(after, bytes, { direction: 'up' }) - sumOf(before, bytes, { direction: 'up' })).toBe(content.length);
    expect(sumOf(after, 'assay_stored_bytes') - sumOf(before, 'assay_stored_bytes')).toBe(content.length);
    expect(sumOf(after, 'assay_stored_files') - sumOf(before, 'assay_stored_files')).toBe(1);
  });

  it('count the jobs of merge requests', async () => {
    const { project: path } = project;
    const sha = await server.push(path, 'topic');
    await server.createMergeRequest(path, 'topic');
    const tags = [{ key: 'mlflow.source.git.commit', value: sha }];
    await post(server, project, 'runs/create', { experiment_id: '0', tags });
    const reported = { task: 'report-merge-request', outcome: 'done' };
    const metrics = await metricsWith(server, 'assay_jobs_total', reported, 1);
    expect(sumOf(metrics, 'assay_jobs_total', { task: 'link-candidates', outcome: 'done' })).toBeGreaterThanOrEqual(1);
    expect(sumOf(metrics, 'assay_job_duration_seconds_count', { task: 'report-merge-request' })).toBeGreaterThanOrEqual(
      1,
    );
    expect(sumOf(metrics, 'assay_forge_calls_total', { operation: 'setStatus', outcome: 'ok' })).toBeGreaterThanOrEqual(
      1,
    );
    expect(sumOf(metrics, 'assay_jobs_total', { outcome: 'failed' })).toBe(0);
    expect(sumOf(metrics, 'assay_jobs_waiting', { when: 'due' })).toBeGreaterThanOrEqual(0);
  });
});
