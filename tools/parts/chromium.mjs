// Chromium for the tests of the pages.

import { aptInstall, mayUseApt } from './apt.mjs';
import { Missing, namedBy, onPath } from './commands.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {{binary: string} | undefined} */
export function find() {
  const binary = namedBy('ASSAY_TEST_CHROMIUM') ?? NAMES.map(onPath).find((path) => path !== undefined);
  return binary ? { binary } : undefined;
}

/** @returns {Promise<{binary: string}>} */
export async function install() {
  if (!mayUseApt()) throw new Missing('There is no Chromium on PATH, and only root can install it with apt-get.');
  await aptInstall(['chromium']);
  const found = find();
  if (!found) throw new Missing('apt-get installed chromium, but it is not on PATH.');
  return found;
}
