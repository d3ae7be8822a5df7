import { Readable } from 'node:stream';
import { ArtifactsService } from '../../src/artifacts';
import type { CandidateIid, ExperimentIid, ProjectId } from '../../src/common';
import { startWorld, type World } from './world';

const evil = '<script>alert(1)</script>"\'`&';

describe('the pages', () => {
  let world: World;
  let project: { id: ProjectId; experiment: ExperimentIid };
  let mergeRequest: { iid: number; head: string };
  let reader: string;
  let stranger: string;
  let best: CandidateIid;

  beforeAll(async () => {
    world = await startWorld();
    project = await world.project('shown');
    const { id, experiment } = project;
    await world.admin.createUser('sam');
    stranger = (await world.admin.createToken('sam', { name: 't', scopes: ['read', 'write'] })).secret;
    reader = (await world.admin.createProjectToken({ id }, 'read', {})).secret;
    await world.log(id, experiment, { name: 'base', branch: 'main', metrics: { f1: 0.8 }, params: { depth: '3' } });
    mergeRequest = await world.mergeRequest(id, 'topic');
    const { head } = mergeRequest;
    await world.log(id, experiment, {
      name: 'plain',
      commit: head,
      metrics: { f1: 0.5, loss: NaN },
      params: { depth: '5' },
    });
    const eid = await world.log(id, experiment, {
      name: evil,
      commit: head,
      metrics: { f1: 0.9 },
      params: { depth: evil },
    });
    const points = [0.1, 0.4, 0.9].map((value, step) => ({ name: 'f1', value, step, trackedAt: 1 }));
    await world.candidates.write(id, { eid, points, params: [], tags: [{ name: 'note', value: evil }] });
    best = (await world.candidates.get(id, eid)).candidate.iid;
    await world.settled();
  }, 60_000);
  afterAll(() => world.close());

  const base = '/root/shown/-/ml';
  const api = (): string => `/api/v4/projects/${project.id}/ml/merge_requests/${mergeRequest.iid}`;

  it.each(['experiments', 'experiments/1', 'candidates/1', 'merge_requests/1'])(
    'of %s is for those who may read alone',
    async (page) => {
      const anonymous = await world.get(`${base}/${page}`);
      expect(anonymous.status).toBe(303);
      expect(anonymous.headers.get('location')).toContain('sign_in');
      expect((await world.get(`${base}/${page}`, stranger)).status).toBe(404);
      const seen = await world.get(`${base}/${page}`, reader);
      expect(seen.status).toBe(200);
      expect(seen.headers.get('content-security-policy')).toContain("default-src 'none'");
    },
  );

  it('shows a merge request: verdict, comparison, plots, candidates', async () => {
    const { text } = await world.get(`${base}/merge_requests/${mergeRequest.iid}`, reader);
    expect(text).toContain('beats main on f1 — 0.9, +0.1 (+12 %)');
    expect(text).toContain('The baseline is');
    expect(text).toContain('<svg');
    expect(text).toContain('baseline main: 0.8');
    expect(text).toContain('by its commit, claimed');
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
    expect((await world.get(`${base}/merge_requests/77`, reader)).status).toBe(404);
    expect((await world.get(`${base}/merge_requests/x`, reader)).status).toBe(404);
  });

  it('answers the report as JSON, Markdown and a picture', async () => {
    const json = JSON.parse((await world.get(api(), reader)).text) as Record<string, unknown>;
    expect(json).toMatchObject({
      state: 'success',
      primary_metric: { name: 'f1', direction: 'maximize' },
      counts: { total: 2, finished: 2 },
      best: { value: 0.9, at_head: true, link: { source: 'commit', proven: false } },
      baseline: { name: 'base', value: 0.8, found_by: 'branch' },
      differing_params: [{ name: 'depth', value: evil, baseline: '3' }],
    });
    const markdown = await world.get(`${api()}/report.md`, reader);
    expect(markdown.headers.get('content-type')).toContain('text/markdown');
    expect(markdown.text).toContain('assay:report v=1');
    const svg = await world.get(`${api()}/report.svg`, reader);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(svg.headers.get('content-security-policy')).toContain('sandbox');
    expect(svg.text).toMatch(/^<svg[^>]*><style>/);
    expect((await world.get(api(), stranger)).status).toBe(404);
    expect((await world.get(api())).status).toBe(401);
    expect((await world.get(`${api()}9`, reader)).status).toBe(404);
  });

  it('lists experiments with their counts, and how to begin where nothing was logged', async () => {
    const { text } = await world.get(`${base}/experiments`, reader);
    expect(text).toMatch(/churn<\/a><\/th><td class="number">3</);
    expect(text).not.toContain('Log the first candidate');
    const { id } = await world.project('fresh');
    const token = (await world.admin.createProjectToken({ id }, 'read', {})).secret;
    const fresh = await world.get('/root/fresh/-/ml/experiments', token);
    expect(fresh.text).toContain('Log the first candidate');
    expect(fresh.text).toContain(`http://assay.example/api/v4/projects/${id}/ml/mlflow`);
  });

  it('filters and orders the candidates of an experiment, and says what is wrong with a filter', async () => {
    const page = `${base}/experiments/${project.experiment}`;
    const all = await world.get(page, reader);
    expect(all.text.indexOf('&lt;script')).toBeLessThan(all.text.indexOf('>plain<'));
    expect(all.text).toContain('NaN');
    const some = await world.get(
      `${page}?filter=${encodeURIComponent('metrics.f1 > 0.7')}&order_by=metrics.f1`,
      reader,
    );
    expect(some.text).not.toContain('>plain<');
    expect(some.text.indexOf('>base<')).toBeLessThan(some.text.indexOf('&lt;script'));
    const wrong = await world.get(`${page}?filter=${encodeURIComponent('metrics.f1 >< "<b>"')}`, reader);
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('role="alert"');
    expect(wrong.text).toContain('value="metrics.f1 &gt;&lt; &quot;&lt;b&gt;&quot;"');
    expect(wrong.text).not.toContain('<b>');
    expect((await world.get(`${base}/experiments/99`, reader)).status).toBe(404);
  });

  it('goes through many candidates page by page', async () => {
    const { id } = project;
    const { iid } = await world.experiments.create(id, { name: 'many', tags: [], createdBy: 'root' });
    await Promise.all(Array.from({ length: 60 }, (_, index) => world.log(id, iid, { name: `many-${index}` })));
    const first = await world.get(`${base}/experiments/${iid}`, reader);
    const next = /<a href="([^"]+)" rel="next">/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await world.get(next, reader);
    const names = [first, second].flatMap(({ text }) => [...text.matchAll(/>(many-\d+)</g)].map(([, name]) => name));
    expect(new Set(names).size).toBe(60);
    expect(second.text).not.toContain('rel="next"');
  });

  it('shows a candidate with its curve, its tags and the merge request', async () => {
    const { text } = await world.get(`${base}/candidates/${best}`, reader);
    expect(text).toContain('<polyline');
    expect(text).toContain(`/merge_requests/${mergeRequest.iid}">!${mergeRequest.iid} Try topic`);
    expect(text).not.toContain('<script');
    expect(text).toContain('There are no artifacts here.');
    expect((await world.get(`${base}/candidates/999`, reader)).status).toBe(404);
  });

  it('lists artifacts folder by folder, with links that download them', async () => {
    const [details] = await world.candidates.byIids(project.id, [best]);
    if (details === undefined) throw new Error('the candidate is gone');
    const artifacts = world.app.get(ArtifactsService, { strict: false });
    const root = artifacts.rootOf(details.candidate);
    await artifacts.upload(project.id, `${root}/notes.txt`, Readable.from(['hello']));
    await artifacts.upload(project.id, `${root}/model/a & b?#.bin`, Readable.from(['weights']));
    const page = `${base}/candidates/${best}`;
    const top = (await world.get(page, reader)).text;
    expect(top).toMatch(/href="[^"]+">model\/</);
    expect(top).toContain('>notes.txt</a>');
    const inside = (await world.get(`${page}?folder=model`, reader)).text;
    const link = /href="([^"]+)" download>a &amp; b/.exec(inside)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const file = await world.get(link, reader);
    expect(file.text).toBe('weights');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const outside = await world.get(`${page}?folder=../../x`, reader);
    expect(outside.status).toBe(200);
    expect(outside.text).toContain('class="note warn"');
  });
});
