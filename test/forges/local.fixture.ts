import { DataSource } from 'typeorm';
import { Addresses } from '../../src/common';
import { Database, dataSourceOptions } from '../../src/database';
import { LocalForge, LocalForgeAdmin, type ForgeProject } from '../../src/forge';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import type { ForgeFixture } from './fixture';
import { startRelay } from './relay';

/** Where the fixture says that its pages are. */
export const addresses = new Addresses({ publicUrl: 'http://assay.example', prefix: 'api/v4' });

/** The local forge on a database of its own. */
export interface LocalFixture extends ForgeFixture {
  readonly forge: LocalForge;
  readonly admin: LocalForgeAdmin;
  readonly test: TestDatabase;
}

/** A connected pool whose server has been taken away since. */
async function lostDatabase(url: string): Promise<DataSource> {
  const { hostname, port } = new URL(url);
  const relay = await startRelay({ host: hostname, port: Number(port) });
  const relayed = new URL(url);
  relayed.hostname = '127.0.0.1';
  relayed.port = String(relay.port);
  const dataSource = await new DataSource(dataSourceOptions({ url: relayed.toString() })).initialize();
  await relay.cut();
  return dataSource;
}

/** Ready in half a second. */
export async function startLocal(): Promise<LocalFixture> {
  const test = await createTestDatabase();
  const lost = await lostDatabase(test.url);
  const forge = new LocalForge(test.database, addresses);
  const admin = new LocalForgeAdmin(test.database);
  for (const name of ['owner', 'writer', 'reader', 'stranger']) await admin.createUser(name);
  return {
    forge,
    admin,
    test,
    unreachable: new LocalForge(new Database(lost), addresses),
    createProject: async (name, visibility) => {
      const project = await admin.createProject(`owner/${name}`, { visibility, owner: 'owner' });
      await admin.addMember(project, 'writer', 'write');
      await admin.addMember(project, 'reader', 'read');
      return (await forge.project(project)) as ForgeProject;
    },
    token: async (person, scopes) =>
      (await admin.createToken(person, { name: 'test', scopes: scopes === 'all' ? ['read', 'write'] : ['read'] }))
        .secret,
    revoke: (_person, token) => admin.revokeToken(token),
    addMember: (project, person, role) => admin.addMember(project, person, role),
    removeMember: (project, person) => admin.removeMember(project, person),
    rename: async (project, name) => {
      await admin.updateProject(project, { path: `owner/${name}` });
    },
    archive: async (project) => {
      await admin.updateProject(project, { archived: true });
    },
    push: async (project, branch) => (await admin.pushCommit(project, branch)).sha,
    openMergeRequest: async (project, source) =>
      (await admin.createMergeRequest(project, { title: `Merge ${source}`, source, author: 'owner' })).iid,
    closeMergeRequest: (project, iid) => admin.closeMergeRequest(project, iid),
    mergeMergeRequest: async (project, iid) => {
      await admin.mergeMergeRequest(project, iid);
    },
    comments: async (project, iid) => (await admin.comments(project, iid)).map(({ body }) => body),
    comment: async (project, iid, person, body) => {
      await admin.addComment(project, iid, person, body);
    },
    deleteComment: (project, iid, id) => admin.deleteComment(project, iid, id),
    statuses: (project, sha) => admin.statuses(project, sha),
    stop: async () => {
      await lost.destroy();
      await test.drop();
    },
  };
}
