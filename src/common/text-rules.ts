import { invalid } from './errors';

const unstorable = /\0|\p{Surrogate}/u;
const keyCharacters = /^[/\p{L}\p{N}_.\- :]*$/u;

/** Whether the text has more than `limit` characters (code points, not UTF-16 units). */
export function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  return text.length > limit * 2 || Array.from(text).length > limit;
}

/** The first `limit` characters; never half of one. */
export function cutText(text: string, limit: number): string {
  return isLongerThan(text, limit)
    ? Array.from(text.slice(0, limit * 2))
        .slice(0, limit)
        .join('')
    : text;
}

/**
 * Refuses what PostgreSQL cannot keep: NUL and halves of surrogate pairs.
 * @throws AssayError `invalid`
 */
export function checkText(text: string, field: string): void {
  if (unstorable.test(text)) {
    throw invalid(
      `${field} holds a NUL character or half of a surrogate pair, which cannot be stored; take it out`,
      field,
    );
  }
}

/**
 * The limit counts characters (code points).
 * @throws AssayError `invalid`
 */
export function checkLength(text: string, field: string, limit: number): void {
  if (isLongerThan(text, limit)) {
    throw invalid(`${field} exceeds the maximum length of ${limit} characters; shorten it`, field);
  }
}

function isPlainPath(name: string): boolean {
  if (name.startsWith('/') || name.startsWith('..')) return false;
  return name.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/**
 * Checks the name of a metric, param or tag. Clients use such names as file names, so a name must not resolve to another one.
 * @throws AssayError `invalid`
 */
export function checkKey(name: string, field: string, limit: number): void {
  if (name === '') throw invalid(`${field} is empty; give it a name`, field);
  checkLength(name, field, limit);
  if (!keyCharacters.test(name)) {
    throw invalid(
      `${field} is ${JSON.stringify(name)}; names may only contain letters, digits, underscores (_), dashes (-), periods (.), spaces, colons (:) and slashes (/)`,
      field,
    );
  }
  if (!isPlainPath(name)) {
    throw invalid(
      `${field} is ${JSON.stringify(name)}; a name must be a plain relative path: no slash at either end, no empty part, no "." or ".." part`,
      field,
    );
  }
}
