import { Command } from 'commander';
import { print, type Output } from './output';
import { ServerClient } from './server-client';

async function call(output: Output, method: string, path: string, body?: object): Promise<void> {
  const client = await ServerClient.find(process.env);
  print(await client.call(method, path, body), output);
}

const below = (project: string): string => `projects/${encodeURIComponent(project)}`;

function projectCommands(): Command {
  const project = new Command('project').description('Projects of the local forge, with Assay enabled.');
  project
    .command('create <name>')
    .description('Make a project; prints its tracking URI and a project access token, shown this once.')
    .option('--visibility <visibility>', 'public, internal or private', 'private')
    .option('--owner <user>', 'who maintains it')
    .option('--json', 'print JSON')
    .action((path: string, options: Output & { visibility: string; owner?: string }) =>
      call(options, 'POST', 'projects', {
        path,
        visibility: options.visibility,
        ...(options.owner && { owner: options.owner }),
      }),
    );
  project
    .command('list')
    .description('All projects.')
    .option('--json', 'print JSON')
    .action((options: Output) => call(options, 'GET', 'projects'));
  return project;
}

function userCommands(): Command {
  const user = new Command('user').description('Users of the local forge.');
  user
    .command('create <username>')
    .description('Make a user.')
    .option('--json', 'print JSON')
    .action((username: string, options: Output) => call(options, 'POST', 'users', { username }));
  return user;
}

function memberCommands(): Command {
  const member = new Command('member').description('Members of a project.');
  member
    .command('set <project> <username> <role>')
    .description('Add a member or change the role: read, write or maintain.')
    .option('--json', 'print JSON')
    .action((project: string, username: string, role: string, options: Output) =>
      call(options, 'PUT', `${below(project)}/members`, { username, role }),
    );
  member
    .command('remove <project> <username>')
    .description('Remove a member.')
    .option('--json', 'print JSON')
    .action((project: string, username: string, options: Output) =>
      call(options, 'DELETE', `${below(project)}/members/${encodeURIComponent(username)}`),
    );
  member
    .command('list <project>')
    .description('All members.')
    .option('--json', 'print JSON')
    .action((project: string, options: Output) => call(options, 'GET', `${below(project)}/members`));
  return member;
}

function tokenCommands(): Command {
  const token = new Command('token').description('Access tokens of users and projects.');
  token
    .command('create <username>')
    .description('Make a token; its secret is shown this once.')
    .option('--name <name>', 'what it is for', 'command line')
    .option('--read-only', 'a token that never writes')
    .option('--expires-at <time>', 'ISO 8601, such as 2027-01-31T00:00:00Z')
    .option('--json', 'print JSON')
    .action((username: string, options: Output & { name: string; readOnly?: boolean; expiresAt?: string }) =>
      call(options, 'POST', `users/${encodeURIComponent(username)}/tokens`, {
        name: options.name,
        ...(options.readOnly && { scopes: ['read'] }),
        ...(options.expiresAt && { expires_at: options.expiresAt }),
      }),
    );
  token
    .command('create-for-project <project>')
    .description('Make a token for one project alone; its secret is shown this once.')
    .option('--name <name>', 'what it is for', 'command line')
    .option('--role <role>', 'read, write or maintain', 'write')
    .option('--json', 'print JSON')
    .action((project: string, options: Output & { name: string; role: string }) =>
      call(options, 'POST', `${below(project)}/access_tokens`, { name: options.name, role: options.role }),
    );
  token
    .command('revoke <id>')
    .description('Revoke a token by the id that its creation printed.')
    .option('--json', 'print JSON')
    .action((id: string, options: Output) => call(options, 'DELETE', `tokens/${encodeURIComponent(id)}`));
  return token;
}

function mergeRequestCommands(): Command {
  const mr = new Command('mr').description('Branches and merge requests.');
  mr.command('push <project> <branch>')
    .description('Move a branch to a new commit; a new branch begins at the default branch.')
    .option('--sha <sha>', '40 hexadecimal digits; random unless told')
    .option('--json', 'print JSON')
    .action((project: string, branch: string, options: Output & { sha?: string }) =>
      call(options, 'POST', `${below(project)}/commits`, { branch, ...(options.sha && { sha: options.sha }) }),
    );
  mr.command('create <project> <branch>')
    .description('Make a merge request from a branch.')
    .requiredOption('--title <title>', 'its title')
    .option('--target <branch>', 'the default branch unless told')
    .option('--json', 'print JSON')
    .action((project: string, branch: string, options: Output & { title: string; target?: string }) =>
      call(options, 'POST', `${below(project)}/merge_requests`, {
        title: options.title,
        source_branch: branch,
        ...(options.target && { target_branch: options.target }),
      }),
    );
  mr.command('show <project> <iid>')
    .description('A merge request with its comments and the statuses of its head.')
    .option('--json', 'print JSON')
    .action((project: string, iid: string, options: Output) =>
      call(options, 'GET', `${below(project)}/merge_requests/${encodeURIComponent(iid)}`),
    );
  for (const state of ['closed', 'merged'] as const) {
    mr.command(`${state === 'closed' ? 'close' : 'merge'} <project> <iid>`)
      .description(state === 'closed' ? 'Close it.' : 'Merge it into its target branch.')
      .option('--json', 'print JSON')
      .action((project: string, iid: string, options: Output) =>
        call(options, 'PATCH', `${below(project)}/merge_requests/${encodeURIComponent(iid)}`, { state }),
      );
  }
  return mr;
}

/** `assay local …`: the local forge's management, while the server runs. */
export function addLocal(assay: Command): void {
  const local = assay.command('local').description('Manage the local forge of the server that runs on ASSAY_DATA_DIR.');
  for (const group of [projectCommands(), userCommands(), memberCommands(), tokenCommands(), mergeRequestCommands()]) {
    local.addCommand(group);
  }
}
