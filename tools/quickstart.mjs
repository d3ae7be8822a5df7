// Installs, builds and starts the standalone server with the demo project. Needs nothing but Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './verify/installed.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const oldest = [20, 19];

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  process.stderr.write(`Node ${process.versions.node} is too old: Assay needs Node ${oldest.join('.')} or later.\n`);
  process.exit(1);
}

/**
 * Says what npm said only when it failed.
 * @param {string} title
 * @param {string[]} args
 */
function npm(title, args) {
  process.stdout.write(`${title} …\n`);
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  process.exit(status ?? 1);
}

/** @param {string} folder @returns {number} when its newest file changed */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

function needsBuild() {
  const built = join(root, 'dist/standalone/main.js');
  return !existsSync(built) || statSync(built).mtimeMs < newest(join(root, 'src'));
}

refuseOldNode();
if (!isInstalled(root)) npm('Installing', ['ci', '--no-audit', '--no-fund']);
if (needsBuild()) npm('Building', ['run', 'build']);
process.stdout.write('Starting …\n');
const server = spawn(
  process.execPath,
  [join(root, 'dist/standalone/main.js'), 'serve', '--demo', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
