import { MergeRequestJobs } from '../../src/merge-requests/merge-request-jobs';
import { quickly, startWorld, type World } from './world';
import { until } from '../support/until';

describe('the report when something breaks', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ ...quickly, firstReportAfter: 400 });
  });
  afterAll(() => world.close());

  it('is made although every connection to the database was cut', async () => {
    const { id, experiment } = await world.project('cut');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.settled();
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await world.database.query({ text: cut });
    await until('the database answers again', 5_000, async () =>
      world.database.query({ text: 'SELECT 1' }).then(
        () => true,
        () => undefined,
      ),
    );
    await world.log(id, experiment, { name: 'survivor', commit: head, metrics: { f1: 0.5 } });
    const { body } = await until('a comment', 15_000, async () => (await world.comments(id, iid))[0]);
    expect(body).toContain('`survivor`');
  }, 90_000);

  it('is taken over from a process that died at work', async () => {
    const { id, experiment } = await world.project('died');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.settled();
    await world.log(id, experiment, { name: 'orphan', commit: head, metrics: { f1: 0.5 } });
    const take = `WITH job AS (
        UPDATE assay_jobs._private_jobs SET locked_by = 'worker-dead', locked_at = now() - interval '1 minute'
         WHERE key LIKE 'report:%' AND locked_by IS NULL RETURNING job_queue_id)
      UPDATE assay_jobs._private_job_queues SET locked_by = 'worker-dead', locked_at = now() - interval '1 minute'
       WHERE id IN (SELECT job_queue_id FROM job) RETURNING id`;
    await until('the dead worker took the job', 5_000, async () =>
      (await world.database.query({ text: take })).length > 0 ? true : undefined,
    );
    await until('a comment', 15_000, async () => (await world.comments(id, iid))[0]);
  }, 90_000);

  it('leaves nothing behind when its work was put on the queue again while the process that held it was dead', async () => {
    const { id, experiment } = await world.project('superseded');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.log(id, experiment, { name: 'first', commit: head, metrics: { f1: 0.5 } });
    await until('a comment', 15_000, async () => (await world.comments(id, iid))[0]);
    await world.settled();
    const dead = `INSERT INTO assay_jobs._private_jobs (task_id, payload, attempts, max_attempts, locked_at, locked_by)
      SELECT id, '{}', 25, 25, now() - interval '1 minute', 'worker-dead' FROM assay_jobs._private_tasks LIMIT 1 RETURNING id`;
    expect(await world.database.query({ text: dead })).toHaveLength(1);
    await world.settled();
  }, 90_000);

  it('is made at the next start when the process ended before there was a job', async () => {
    const { id, experiment } = await world.project('restart');
    const { iid, head } = await world.mergeRequest(id, 'topic');
    await world.settled();
    const jobs = world.app.get(MergeRequestJobs, { strict: false });
    await jobs.beforeApplicationShutdown();
    await world.log(id, experiment, { name: 'unheard', commit: head, metrics: { f1: 0.5 } });
    await world.database.query({ text: 'DELETE FROM assay_jobs._private_jobs' });
    await jobs.onApplicationBootstrap();
    await until('a comment', 15_000, async () => (await world.comments(id, iid))[0]);
  }, 90_000);
});
