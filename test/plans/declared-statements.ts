import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Statement } from '../../src/database';

const sources = join(__dirname, '../../src');

/** Every statement that the sources declare with `statement(name, text)`, by loading them anew and listening. */
export function declaredStatements(): Required<Statement>[] {
  const found = new Map<string, string>();
  jest.isolateModules(() => {
    jest.doMock('../../src/database/statement', () => ({
      statement(name: string, text: string): Statement {
        if (found.has(name)) throw new Error(`Two statements are called ${name}`);
        found.set(name, text);
        return { name, text };
      },
    }));
    for (const file of filesThatDeclare()) jest.requireActual(file);
    jest.dontMock('../../src/database/statement');
  });
  return Array.from(found, ([name, text]) => ({ name, text })).sort((one, other) => (one.name < other.name ? -1 : 1));
}

function filesThatDeclare(): string[] {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => join(sources, name))
    .filter((file) => /\bstatement\(|tatement\(/.test(readFileSync(file, 'utf8')));
}
