import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const page = join(import.meta.dirname, '../docs/bench.md');
const [begin, end] = ['<!-- measured: npm run bench -- mlflow --write -->', '<!-- end -->'];

/** @type {string[]} */
const printed = [];

/** On the terminal, and kept for the page. @param {string} text */
export function print(text) {
  console.log(text);
  printed.push(text);
}

/** Puts what was printed into docs/bench.md, in the place of the last run. */
export function writePage() {
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page} has no place for the figures.`);
  writeFileSync(page, `${before}${begin}\n\n${printed.join('\n').trim()}\n\n${end}${after}`);
}
