// Gitea, the real forge of the tests: built from its Go module, since no registry has its binary.

import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cachedProduct } from './cache.mjs';
import { Missing, namedBy, onPath, run } from './commands.mjs';

const VERSION = '1.26.0';
const MODULE = 'code.gitea.io/gitea';
const KEY = `gitea-${VERSION}`;
/** The folders that a binary without embedded files reads at run time. */
const STATIC = ['templates', 'options', 'public'];

/**
 * @returns {{binary: string, staticRoot?: string} | undefined} staticRoot is absent when the binary has its files in it
 */
export function find() {
  const binary = namedBy('ASSAY_TEST_GITEA') ?? onPath('gitea');
  const staticRoot = process.env['ASSAY_TEST_GITEA_STATIC'];
  if (binary) return staticRoot ? { binary, staticRoot } : { binary };
  const built = cachedProduct(KEY, 'gitea');
  return built ? { binary: built, staticRoot: join(built, '..', 'static') } : undefined;
}

/**
 * Builds it with Go, about four minutes on two cores.
 * @returns {Promise<{binary: string, staticRoot: string}>}
 */
export async function install() {
  const go = onPath('go');
  if (!go) throw new Missing('There is no gitea on PATH and no Go compiler to build it with.');
  if (!onPath('gcc') && !onPath('cc') && !process.env['CC']) {
    throw new Missing('There is no gitea on PATH, and building it needs a C compiler beside Go.');
  }
  const folder = await cached(KEY, 'gitea', (unfinished) => build(go, unfinished));
  return { binary: join(folder, 'gitea'), staticRoot: join(folder, 'static') };
}

/**
 * @param {string} go
 * @param {string} folder
 */
async function build(go, folder) {
  const source = await download(go);
  writeFileSync(join(folder, 'go.mod'), await moduleFile(go, source));
  const args = ['build', '-mod=mod', '-trimpath', '-tags', 'sqlite sqlite_unlock_notify'];
  const linker = `-s -w -X main.Version=${VERSION}`;
  await run(go, [...args, '-ldflags', linker, '-o', 'gitea', MODULE], { cwd: folder, env: { CGO_ENABLED: '1' } });
  for (const name of STATIC) cpSync(join(source, name), join(folder, 'static', name), { recursive: true });
  await run('chmod', ['-R', 'u+w', join(folder, 'static')]);
}

/**
 * @param {string} go
 * @returns {Promise<string>} the module's folder in Go's own cache, which is read-only
 */
async function download(go) {
  const answer = JSON.parse(await run(go, ['mod', 'download', '-json', `${MODULE}@v${VERSION}`]));
  return answer.Dir;
}

/**
 * Go ignores the `replace` lines of a dependency, so they are repeated in the module that builds it.
 * @param {string} go
 * @param {string} source
 * @returns {Promise<string>}
 */
async function moduleFile(go, source) {
  const mod = JSON.parse(await run(go, ['mod', 'edit', '-json', join(source, 'go.mod')]));
  const replaced = (mod.Replace ?? []).map(
    (/** @type {{Old: GoModule, New: GoModule}} */ line) => `replace ${written(line.Old)} => ${written(line.New)}`,
  );
  return [`module build`, `go ${mod.Go}`, `require ${MODULE} v${VERSION}`, ...replaced, ''].join('\n');
}

/** @typedef {{Path: string, Version?: string}} GoModule */

/** @param {GoModule} module */
function written(module) {
  return module.Version ? `${module.Path} ${module.Version}` : module.Path;
}
