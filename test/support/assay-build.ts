import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

function newestSource(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const sources = files.filter((file) => file.isFile() && file.name.endsWith('.ts') && !file.name.endsWith('.spec.ts'));
  return Math.max(...sources.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

/**
 * The built command line; throws unless it is at least as new as the sources. `ASSAY_TEST_DIST` names a build elsewhere, which
 * is taken as it is.
 */
export function assayProgram(): string {
  const elsewhere = process.env['ASSAY_TEST_DIST'];
  if (elsewhere !== undefined) return join(elsewhere, 'standalone/main.js');
  const program = join(root, 'dist/standalone/main.js');
  const built = statSync(program, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built < newestSource(join(root, 'src'))) {
    throw new Error('dist/ is missing or older than src/: run `npm run build` first.');
  }
  return program;
}
