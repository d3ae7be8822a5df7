import { Principals, type ProjectDirectory } from '../../src/access';
import { asProjectId, AssayError } from '../../src/common';
import type { Credential, ForgeProject } from '../../src/forge';
import { startLocal, type LocalFixture } from '../forges/local.fixture';
import { watch, type Watch } from '../projects/watched-forge';

const minute = 60_000;

describe('what the forge said about somebody', () => {
  let local: LocalFixture;
  let project: ForgeProject;
  let credential: Credential;
  let seen: Watch;
  let principals: Principals;
  let clock: number;
  const described: ForgeProject[] = [];

  beforeAll(async () => {
    local = await startLocal();
    project = await local.createProject('iris', 'private');
    credential = { kind: 'token', secret: await local.token('writer', 'all') };
  });
  afterAll(() => local.stop());

  beforeEach(() => {
    clock = 1_000_000;
    described.length = 0;
    const directory: ProjectDirectory = {
      findEnabled: () => Promise.resolve(undefined),
      findToken: () => Promise.resolve(undefined),
      saw: (seenProject) => void described.push(seenProject),
    };
    const { watched, watch: eyes } = watch(local.forge);
    seen = eyes;
    principals = new Principals(watched, directory, { sessionSecret: '', now: () => clock, principalLimit: 50 });
  });

  const calls = (): number => seen.calls.get('access') ?? 0;

  it('is asked once by a hundred requests at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => principals.access({ id: project.id }, credential)),
    );
    expect(new Set(answers.map((answer) => answer?.role))).toEqual(new Set(['write']));
    expect(calls()).toBe(1);
    expect(described).toHaveLength(1);
  });

  it('serves for 60 s and is asked anew then', async () => {
    await principals.access({ id: project.id }, credential);
    clock += minute;
    await principals.access({ id: project.id }, credential);
    expect(calls()).toBe(1);
    clock += 1;
    await principals.access({ id: project.id }, credential);
    expect(calls()).toBe(2);
  });

  it('is kept apart by project, way of naming it, credential and kind', async () => {
    await principals.access({ id: project.id }, credential);
    await principals.access({ path: project.path }, credential);
    await principals.access({ id: project.id }, undefined);
    await principals.access({ id: project.id }, { ...credential, kind: 'job-token' });
    await principals.access({ id: asProjectId(project.id + 1000) }, credential);
    expect(calls()).toBe(5);
  });

  it('serves while the forge is down, but not a moment longer', async () => {
    await principals.access({ id: project.id }, credential);
    seen.down = true;
    clock += minute;
    expect((await principals.access({ id: project.id }, credential))?.role).toBe('write');
    clock += 1;
    await expect(principals.access({ id: project.id }, credential)).rejects.toMatchObject({ kind: 'unavailable' });
    seen.down = false;
    expect((await principals.access({ id: project.id }, credential))?.role).toBe('write');
  });

  it('remembers a refused credential for 10 s', async () => {
    const wrong: Credential = { kind: 'token', secret: 'wrong' };
    for (const wait of [0, 10_000]) {
      clock += wait;
      await expect(principals.access({ id: project.id }, wrong)).rejects.toMatchObject({ kind: 'unauthenticated' });
    }
    expect(calls()).toBe(1);
    clock += 1;
    await expect(principals.access({ id: project.id }, wrong)).rejects.toBeInstanceOf(AssayError);
    expect(calls()).toBe(2);
  });

  it('remembers for 10 s that a project cannot be seen', async () => {
    const stranger: Credential = { kind: 'token', secret: await local.token('stranger', 'all') };
    expect(await principals.access({ id: project.id }, stranger)).toBeUndefined();
    clock += 10_000;
    expect(await principals.access({ id: project.id }, stranger)).toBeUndefined();
    expect(calls()).toBe(1);
    clock += 1;
    expect(await principals.access({ id: project.id }, stranger)).toBeUndefined();
    expect(calls()).toBe(2);
  });

  it('is forgotten when the project changes, and refusals with it', async () => {
    const stranger: Credential = { kind: 'token', secret: await local.token('stranger', 'all') };
    const other = await local.createProject('wine', 'private');
    await principals.access({ id: project.id }, credential);
    await principals.access({ id: other.id }, credential);
    await principals.access({ id: project.id }, stranger);
    principals.drop(project.id);
    await principals.access({ id: project.id }, credential);
    await principals.access({ id: other.id }, credential);
    await principals.access({ id: project.id }, stranger);
    expect(calls()).toBe(5);
  });

  it('that was asked before a change is not kept after it', async () => {
    let open = (): void => undefined;
    seen.gate = new Promise((resolve) => (open = resolve));
    const before = principals.access({ id: project.id }, credential);
    principals.drop(project.id);
    const after = principals.access({ id: project.id }, credential);
    open();
    await Promise.all([before, after]);
    expect(calls()).toBe(2);
    await principals.access({ id: project.id }, credential);
    expect(calls()).toBe(2);
  });

  it('never takes more room than it may', async () => {
    for (let id = 1; id <= 60; id += 1) await principals.access({ id: asProjectId(id + 5000) }, undefined);
    await principals.access({ id: asProjectId(5060) }, undefined);
    expect(calls()).toBe(60);
    await principals.access({ id: asProjectId(5001) }, undefined);
    expect(calls()).toBe(61);
  });

  it('asks for the scopes once, also when many write at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => principals.mayWrite({ id: project.id }, credential)),
    );
    expect(new Set(answers)).toEqual(new Set([true]));
    expect(seen.calls.get('scopesAllowWriting')).toBe(1);
  });

  it('asks for the scopes again after the forge could not tell', async () => {
    await principals.access({ id: project.id }, credential);
    seen.down = true;
    await expect(principals.mayWrite({ id: project.id }, credential)).rejects.toMatchObject({ kind: 'unavailable' });
    seen.down = false;
    expect(await principals.mayWrite({ id: project.id }, credential)).toBe(true);
  });
});
