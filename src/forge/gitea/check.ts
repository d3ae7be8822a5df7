import { AssayError } from '../../common';
import { read, refusal, succeeded } from './answers';
import type { GiteaClient } from './gitea.client';
import { User, Version } from './gitea.schema';
import type { GiteaServerCalls } from './server';

/** No repository can have this address, so that a write to it tells the token's scopes and nothing else. */
const nowhere = '/repos/-/-';

function bad(message: string): AssayError {
  return new AssayError('forbidden', `${message} Make a token with write:repository, write:issue and read:user.`);
}

/** See `Forge.check`: the version, whose the server's token is, and whether its scopes are enough. */
export async function checkGitea(client: GiteaClient, server: GiteaServerCalls): Promise<string> {
  const version = await client.call('anonymous', 'GET', '/version');
  const about = succeeded(version) ? `version ${read(version, Version).version}` : 'version not shown';
  const user = await server.call('GET', '/user');
  if (user.status === 401)
    throw new AssayError('unauthenticated', `Gitea at ${client.url} refuses the server's token.`);
  if (user.status === 403) throw bad("The server's token lacks the scope read:user.");
  if (!succeeded(user)) throw refusal(user, 'learn who its own user is');
  for (const [scope, path] of [
    ['write:repository', `${nowhere}/branches`],
    ['write:issue', `${nowhere}/issues`],
  ] as const) {
    const { status } = await server.call('POST', path, {});
    if (status === 403) throw bad(`The server's token lacks the scope ${scope}.`);
  }
  const { login, is_admin: isAdmin } = read(user, User);
  const rights = isAdmin
    ? 'an administrator, who reaches every repository'
    : 'who must be made an administrator of each repository that is enabled';
  return `Gitea at ${client.url} works (${about}); the server is ${login}, ${rights}.`;
}
