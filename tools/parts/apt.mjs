// Debian's package client: asked only when it may install, which is as root.

import { onPath, run } from './commands.mjs';

/** @returns {boolean} */
export function mayUseApt() {
  return process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

/** @param {readonly string[]} packages */
export async function aptInstall(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // Two clients at once would fail on dpkg's lock; waiting for it is what a person would do.
  const wait = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...wait, 'update'], { env });
  await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], { env });
}
