import { Client } from 'pg';

interface Told {
  readonly name?: string;
  readonly text?: string;
  readonly values?: readonly unknown[];
}

/** A statement that was composed for one question, with what its placeholders stood for. */
export interface Recorded {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Does the work and tells which statements without a name it brought to PostgreSQL, over whichever library; statements that tell the
 * connection something, and the reading on of a cursor, are left out. Each text comes once.
 */
export async function recordComposed(work: () => Promise<void>): Promise<Recorded[]> {
  const found = new Map<string, Recorded>();
  const query = Client.prototype.query as (this: Client, ...told: unknown[]) => unknown;
  const listening = jest.spyOn(Client.prototype, 'query').mockImplementation(function (
    this: Client,
    ...told: unknown[]
  ) {
    const [first, second] = told;
    const {
      name,
      text = '',
      values = [],
    } = typeof first === 'string' ? ({ text: first, values: second } as Told) : (first as Told);
    const composed = text.replace(/^DECLARE .* CURSOR FOR /, '');
    if (name === undefined && /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(composed)) {
      found.set(composed, { text: composed, values: Array.isArray(values) ? values : [] });
    }
    return query.apply(this, told);
  } as never);
  try {
    await work();
  } finally {
    listening.mockRestore();
  }
  return [...found.values()];
}
