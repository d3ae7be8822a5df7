import { Command } from 'commander';
import { parseByteSize } from '../../index';
import { print, type Output } from './output';
import { ServerClient } from './server-client';

const where = `
On any forge: ASSAY_URL is the address of the server, ASSAY_TOKEN your token of the forge.
Without both, the server that runs on ASSAY_DATA_DIR is meant, and its local forge's administrator.`;

async function call(output: Output, method: string, project: string, below = '', body?: object): Promise<void> {
  const client = await ServerClient.of(process.env);
  print(await client.call(method, `projects/${encodeURIComponent(project)}/ml${below}`, body), output);
}

async function limit(project: string, size: string | undefined, output: Output): Promise<void> {
  const below = '/storage/limit';
  if (size === undefined) return call(output, 'GET', project, below);
  if (size === 'default') return call(output, 'DELETE', project, below);
  const bytes = parseByteSize(size);
  if (bytes === undefined)
    throw new Error(`${size} is no size: write 100GB, 500MiB or a number of bytes, or \`default\`.`);
  return call(output, 'PUT', project, below, { limit_bytes: bytes });
}

/** `assay project …`: what a maintainer does on a project's settings page, on every forge. */
export function addProject(assay: Command): void {
  const project = new Command('project').description("A maintainer's view of a project.").addHelpText('after', where);
  project
    .command('enable <project>')
    .description('Enable experiments on a project, by its path or its id; prints the tracking URI.')
    .option('--json', 'print JSON')
    .action((path: string, options: Output) => call(options, 'POST', path, '/enable'));
  project
    .command('disable <project>')
    .description('Answer 404 everywhere on it; the data is kept, and enabling brings it back.')
    .option('--json', 'print JSON')
    .action((path: string, options: Output) => call(options, 'DELETE', path));
  project
    .command('show <project>')
    .description('Whether it is enabled, its settings, its tracking URI and your role.')
    .option('--json', 'print JSON')
    .action((path: string, options: Output) => call(options, 'GET', path));
  project
    .command('limit <project> [size]')
    .description(
      'What it stores and may store; with a size such as 100GB set its own limit, with `default` take that away. As the operator.',
    )
    .option('--json', 'print JSON')
    .action((path: string, size: string | undefined, options: Output) => limit(path, size, options));
  assay.addCommand(project);
}
