import { createHash } from 'node:crypto';
import type { ProjectId } from '../../common';
import type { Queryable } from '../../database';
import { lockFile, lockProject } from './storage.statements';

/** Separate our advisory locks from those of other programs in the same database. */
const projectSpace = 0x6173_7072;
const fileSpace = 0x6173_6669;

/** Equal numbers of two names only make one wait for the other. */
function numberOf(name: string): number {
  return createHash('sha256').update(name).digest().readInt32BE(0);
}

/** Until the transaction ends: this file has no other writer, and nobody counts or removes files of the project. */
export async function holdFile(project: ProjectId, key: string, within: Queryable): Promise<void> {
  await within.query(lockFile, [projectSpace, numberOf(String(project)), fileSpace, numberOf(key)]);
}

/** Until the transaction ends: no file of the project comes into its place or goes. */
export async function holdProject(project: ProjectId, within: Queryable): Promise<void> {
  await within.query(lockProject, [projectSpace, numberOf(String(project))]);
}
