import { Client } from 'pg';

/** A statement as it came to PostgreSQL; one without a name was composed for the question. */
export interface Recorded {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
  /** What it was first brought for, as far as the work says. */
  readonly question: string;
}

type Query = (this: Client, ...told: unknown[]) => unknown;

/** What `client.query` was told: a text and values, or an object that has them. */
function statementOf(told: readonly unknown[]): Omit<Recorded, 'question'> {
  const [first, second] = told;
  const {
    name,
    text = '',
    values,
  } = typeof first === 'string' ? { text: first, values: second } : (first as Partial<Recorded>);
  return {
    name: name,
    text: text.replace(/^DECLARE .* CURSOR FOR /, ''),
    values: Array.isArray(values) ? (values as unknown[]) : [],
  };
}

/**
 * Does the work and tells which statements it brought to PostgreSQL, over whichever library, each text once with its first values. What only
 * tells the connection something, and the reading on of a cursor, are left out.
 */
export async function recordStatements(
  work: (listener: (question: string) => void) => Promise<void>,
): Promise<Recorded[]> {
  const found = new Map<string, Recorded>();
  let question = '';
  const prototype = Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function (...told) {
    const statement = statementOf(told);
    if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(statement.text) && !found.has(statement.text)) {
      found.set(statement.text, { ...statement, question });
    }
    return query.apply(this, told);
  };
  try {
    await work((asked) => {
      question = asked;
    });
  } finally {
    prototype.query = query;
  }
  return [...found.values()];
}
