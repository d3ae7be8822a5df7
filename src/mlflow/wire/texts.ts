import { invalid, type AssayError } from '../../common';

const seeDocs = 'See the API docs for more information about request parameters.';
const shownCharacters = 200;

/** The client's name of a value's type: it is Python's. */
function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return 'dict';
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) as string | undefined);
  if (text === undefined) return 'null';
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`;
}

/** A field that must be there is absent or empty. */
export function missingValue(path: string): AssayError {
  return invalid(`Missing value for required parameter '${path}'. ${seeDocs}`, path);
}

/** A field has the wrong type. */
export function wrongType(path: string, value: unknown): AssayError {
  return invalidValue(path, value, `Hint: Value was of type '${typeName(value)}'. ${seeDocs}`);
}

/** A field breaks a rule, which the hint tells. */
export function invalidValue(path: string, value: unknown, hint: string): AssayError {
  return invalid(`Invalid value ${shown(value)} for parameter '${path}' supplied: ${hint}`, path);
}
