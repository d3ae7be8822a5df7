import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The real servers and clients that `node tools/parts/index.mjs` prepares. */
export interface Parts {
  gitea: { binary: string; staticRoot?: string };
  versitygw: { binary: string };
  minio: { binary: string };
  mlflow3: { python: string };
  mlflow2: { python: string };
  mlflowJava: { binary: string; classpath: string };
  chromium: { binary: string };
}

export type PartName = keyof Parts;

/** The part; throws with the reason when it is missing. */
export function requirePart<Name extends PartName>(name: Name): Parts[Name] {
  const reason = reasonAgainst(name);
  if (reason !== undefined) throw new Error(reason);
  return readParts()[name] as Parts[Name];
}

/**
 * A suite that needs parts. One that is missing skips it with the reason on standard error and in the suite's title,
 * or fails it when `CI` is set.
 */
export function describePart(names: PartName | readonly PartName[], title: string, body: () => void): void {
  const reason = [names]
    .flat()
    .map(reasonAgainst)
    .find((found) => found !== undefined);
  if (reason === undefined) {
    describe(title, body);
  } else if (process.env['CI']) {
    describe(title, () => {
      it('has what it needs', () => {
        throw new Error(reason);
      });
    });
  } else {
    process.stderr.write(`Skipped: ${title}. ${reason}\n`);
    describe.skip(`${title} [skipped: ${reason}]`, body);
  }
}

function readParts(): Partial<Record<PartName, object>> {
  try {
    return JSON.parse(readFileSync(partsFile(), 'utf8')) as Partial<Record<PartName, object>>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** The same folder as tools/parts/cache.mjs, which tests cannot import: it is an ES module. */
function partsFile(): string {
  const named = process.env['ASSAY_CACHE_DIR'];
  if (named) return join(named, 'parts.json');
  const shared = process.env['XDG_CACHE_HOME'];
  return join(shared ? shared : join(homedir(), '.cache'), 'assay', 'parts.json');
}

function reasonAgainst(name: PartName): string | undefined {
  const part = readParts()[name];
  if (part === undefined) return `${name} is not prepared; \`node tools/parts/index.mjs ${name}\` does it.`;
  return 'missing' in part ? String(part.missing) : undefined;
}
