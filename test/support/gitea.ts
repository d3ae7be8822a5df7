import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answers, freePort, startChild, type Child } from './children';
import { giteaActs, type GiteaActs } from './gitea-acts';
import { requirePart, type Parts } from './parts';

/** A real Gitea on a temporary folder with SQLite; webhooks to 127.0.0.1 are delivered. */
export interface GiteaServer extends GiteaActs {
  url: string;
  /** All scopes, of the site's administrator `root-admin`. */
  adminToken: string;
  /** Kills it but keeps its data, for `restart`. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const ADMIN = 'root-admin';

/** Ready in 2 to 8 seconds; share one per spec file. */
export async function startGitea(): Promise<GiteaServer> {
  const part = requirePart('gitea');
  const folder = await mkdtemp(join(tmpdir(), 'assay-gitea-'));
  const config = join(folder, 'app.ini');
  const url = `http://127.0.0.1:${await freePort()}`;
  await writeFile(config, configuration(part, folder, url));
  let child = await startWeb(part, config, url);
  const adminToken = await createAdmin(part, config);
  return {
    ...giteaActs(url, adminToken),
    url,
    adminToken,
    kill: () => child.kill(),
    restart: async () => {
      child = await startWeb(part, config, url);
    },
    stop: async () => {
      await child.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function startWeb({ binary }: Parts['gitea'], config: string, url: string): Promise<Child> {
  return startChild({
    program: binary,
    args: ['web', '--config', config],
    ready: () => answers(`${url}/api/healthz`),
  });
}

async function createAdmin({ binary }: Parts['gitea'], config: string): Promise<string> {
  const names = ['--username', ADMIN, '--email', `${ADMIN}@example.com`, '--random-password'];
  const token = ['--access-token', '--access-token-name', 'tests', '--access-token-scopes', 'all'];
  const { stdout } = await promisify(execFile)(binary, [
    ...['admin', 'user', 'create', '--config', config, '--admin', '--must-change-password=false'],
    ...names,
    ...token,
  ]);
  const found = /\b[0-9a-f]{40}\b/.exec(stdout);
  if (!found) throw new Error('Gitea made no access token for its administrator.');
  return found[0];
}

/** Nothing that runs by itself, and cheap password hashes: tests sign in with Basic all the time. */
function configuration({ staticRoot }: Parts['gitea'], folder: string, url: string): string {
  const { hostname, port } = new URL(url);
  const user = userInfo();
  return `
${user.uid === 0 ? 'I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true' : ''}
RUN_USER = ${user.username}
RUN_MODE = prod
WORK_PATH = ${folder}

[server]
PROTOCOL = http
HTTP_ADDR = ${hostname}
HTTP_PORT = ${port}
ROOT_URL = ${url}/
${staticRoot === undefined ? '' : `STATIC_ROOT_PATH = ${staticRoot}`}
DISABLE_SSH = true
OFFLINE_MODE = true
LFS_START_SERVER = false

[database]
DB_TYPE = sqlite3
PATH = ${join(folder, 'gitea.db')}
SQLITE_JOURNAL_MODE = WAL

[security]
INSTALL_LOCK = true
PASSWORD_HASH_ALGO = pbkdf2$1000$50

[service]
DISABLE_REGISTRATION = true

[webhook]
ALLOWED_HOST_LIST = loopback

[repository]
ROOT = ${join(folder, 'repositories')}
DEFAULT_BRANCH = main

[indexer]
ISSUE_INDEXER_TYPE = db

[queue]
TYPE = channel

[session]
PROVIDER = memory

[actions]
ENABLED = false

[cron]
ENABLED = false

[picture]
DISABLE_GRAVATAR = true

[log]
MODE = console
LEVEL = warn
`;
}
