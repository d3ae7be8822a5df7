const wholeNumber = /^[+-]?[0-9]+$/;
const decimal = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/;
const unstorable = /[\0\ud800-\udfff]/u;
const infinity = /^([+-]?)inf(inity)?$/i;

/**
 * An int64 as protobuf's JSON has it: a number, a float without a fraction, or decimal text. Undefined for anything else, and
 * beyond ±(2^53 - 1), where a number would come back as another one.
 */
export function toInt64(value: unknown): number | undefined {
  const number = typeof value === 'string' && wholeNumber.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) + 0 : undefined;
}

/** A double: a number, or text such as `1e-3`, `NaN`, `-Infinity`; undefined for anything else, literals too large for a double included. */
export function toDouble(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (decimal.test(text)) return Number(text);
  if (text === 'NaN') return NaN;
  const sign = infinity.exec(text)?.[1];
  if (sign === undefined) return undefined;
  return sign === '-' ? -Infinity : Infinity;
}

/** Text that PostgreSQL can keep and UTF-8 can say: without NUL and halves of surrogate pairs. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}
