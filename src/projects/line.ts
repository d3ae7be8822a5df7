import { checkLength, checkText, invalid } from '../common';

/**
 * A name that stands on one line, without the space around it; the limit counts characters.
 * @throws AssayError `invalid` when it is empty, too long, or holds control characters
 */
export function checkLine(text: string, field: string, limit: number): string {
  const line = text.trim();
  if (line === '') throw invalid(`${field} is empty; it must have 1 to ${limit} characters`, field);
  checkLength(line, field, limit);
  checkText(line, field);
  if (/\p{Cc}/u.test(line))
    throw invalid(`${field} holds line breaks or other control characters; take them out`, field);
  return line;
}
