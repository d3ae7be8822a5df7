// Whether node_modules is what the lock file says.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Times of files would not do: npm writes the two in either order, and a checkout touches one of them.
 * @param {string} root
 * @returns {boolean} true when each locked package is there in its version; optional ones may be absent
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    const found = present[path];
    return path === '' || (found ? found.version === version : Boolean(optional || devOptional));
  });
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, optional?: boolean, devOptional?: boolean}> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
