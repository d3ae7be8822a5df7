import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFilter, parseOrderBy } from '../../../src/candidates/search';
import { AssayError } from '../../../src/common';
import { runPython } from '../../support/mlflow-client';
import { describePart } from '../../support/parts';
import { filters, orders } from './mlflow-corpus';

interface Outcome {
  readonly read?: unknown;
  readonly refused?: string;
}

/** Where we read what MLflow refuses. */
const wider: Record<string, readonly string[]> = {
  'OR, NOT and parentheses around comparisons': [
    'metrics.a > 1 OR metrics.b > 2',
    'metrics.a > 1 or metrics.b > 2',
    'NOT metrics.a > 1',
    'NOT(metrics.a > 1)',
    '(metrics.a > 1)',
    'metrics.a > 1 AND (metrics.b > 2)',
    "(metrics.a > 1 OR params.b = 'x') AND NOT tags.c IS NULL",
    "((status = 'FAILED'))",
  ],
  'what ties candidates to the code and to each other': [
    'attributes.merge_request = 42',
    "attributes.commit = '4f2d9c1'",
    "branch IN ('main', 'tune')",
    "author != 'ann'",
    'attributes.parent_run_id IS NULL',
    "attributes.ancestor = 'a'",
    'attributes.branch DESC',
  ],
  'any amount of space is one space': ['params.a IS  NOT  NULL', 'params.a IS NOT  NULL', ' metrics.a DESC '],
  'a name is not taken for a number or a keyword of SQL': ['metrics.1 > 1', 'metrics.in > 1', 'metrics.1'],
  'a number may be written in every usual way': ['metrics.a > 1e+5', 'metrics.a > 1.e5'],
  'quotes inside of backticks need no partner': ['metrics.`a"b`'],
};

/** Where we refuse what MLflow reads, because it is more likely a mistake than meant. */
const narrower: Record<string, readonly string[]> = {
  'AND stands between two comparisons': [
    'metrics.a > 1 AND',
    'AND metrics.a > 1',
    'AND',
    'metrics.a > 1 metrics.b > 2',
    'metrics.a > 1 AND AND metrics.b > 2',
    "params.a = 'x' AND",
    "params.a = 'x' params.b = 'y'",
  ],
  'a name with special characters is quoted as a whole': [
    'metrics. a > 1',
    'metrics..a > 1',
    'params.a."b" = \'x\'',
    'params."a"."b" = \'x\'',
    "params.a[0] = 'x'",
    "params.a(0) = 'x'",
  ],
  'a name is not empty': ['metrics. > 1', 'metrics.'],
  'a list is texts between commas, not any Python tuple': [
    "run_id IN ('it''s')",
    "run_id IN ('a' 'b')",
    "run_id IN (('a','b'))",
  ],
  '= compares with one value (a list fails later in MLflow)': ["run_id = ('a')"],
  'quotes go around the name alone (MLflow reads these with a direction only)': [
    '"metrics.a" DESC',
    '`metrics.a` DESC',
  ],
};

/** Where we read something else. */
const different: Record<string, readonly string[]> = {
  'a doubled backtick stays as it stands, in orders as in filters': ['tags.`a``b` DESC'],
};

function outcome(read: () => unknown): Outcome {
  try {
    return { read: read() };
  } catch (error) {
    if (error instanceof AssayError && error.kind === 'invalid') return { refused: error.message };
    throw error;
  }
}

function readFilter(text: string): unknown {
  const filter = parseFilter(text);
  const terms = filter.type === 'and' ? filter.terms : [filter];
  return terms.map((term) => {
    if (term.type !== 'comparison') return term;
    return [term.column.kind, term.column.name, term.operator, term.value ?? null];
  });
}

function readOrder(text: string): unknown {
  const [first] = parseOrderBy([text]);
  return [first?.column.kind, first?.column.name, first?.descending];
}

/** Python writes numbers as text, for there is no infinity in JSON. */
function withNumbers({ read, ...rest }: Outcome): Outcome {
  if (!Array.isArray(read)) return read === undefined ? rest : { read };
  const terms = (read as [string, string, string, unknown][]).map(([kind, name, operator, value]) => {
    const numeric = kind === 'metric' || name.endsWith('_time');
    return [kind, name, operator, numeric ? Number(String(value).replace('inf', 'Infinity')) : value];
  });
  return { read: terms };
}

function among(exceptions: Record<string, readonly string[]>, text: string): boolean {
  return Object.values(exceptions).some((texts) => texts.includes(text));
}

function check(text: string, theirs: Outcome, ours: Outcome): void {
  const about = `${text}\n  MLflow: ${JSON.stringify(theirs)}\n  ours: ${JSON.stringify(ours)}`;
  if (among(wider, text)) {
    expect({ about, theirs: theirs.refused !== undefined, ours: ours.read !== undefined }).toEqual({
      about,
      theirs: true,
      ours: true,
    });
  } else if (among(narrower, text)) {
    expect({ about, theirs: theirs.read !== undefined, ours: ours.refused !== undefined }).toEqual({
      about,
      theirs: true,
      ours: true,
    });
  } else if (among(different, text)) {
    expect(ours.read).toBeDefined();
    expect({ about, read: ours.read }).not.toEqual({ about, read: theirs.read });
  } else {
    expect({ about, read: ours.read }).toEqual({ about, read: theirs.read });
  }
}

describePart('mlflow3', 'the language of filters and orders, beside the one of the MLflow client', () => {
  let folder: string;
  let theirs: { filters: Outcome[]; orders: Outcome[] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-grammar-'));
    const corpus = join(folder, 'corpus.json');
    await writeFile(corpus, JSON.stringify({ filters, orders }));
    const { code, stdout, stderr } = await runPython('mlflow3', join(__dirname, 'mlflow-oracle.py'), {
      args: [corpus],
    });
    if (code !== 0) throw new Error(stderr);
    theirs = JSON.parse(stdout) as typeof theirs;
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('reads and refuses the same filters, but for the listed exceptions', () => {
    expect(theirs.filters).toHaveLength(filters.length);
    filters.forEach((text, index) => {
      check(
        text,
        withNumbers(theirs.filters[index] ?? {}),
        outcome(() => readFilter(text)),
      );
    });
  });

  it('reads and refuses the same orders, but for the listed exceptions', () => {
    expect(theirs.orders).toHaveLength(orders.length);
    orders.forEach((text, index) => {
      check(
        text,
        theirs.orders[index] ?? {},
        outcome(() => readOrder(text)),
      );
    });
  });

  it('lists no exception that is not tried', () => {
    const tried = new Set([...filters, ...orders]);
    const listed = [wider, narrower, different].flatMap((exceptions) => Object.values(exceptions).flat());
    expect(listed.filter((text) => !tried.has(text))).toEqual([]);
  });
});
