/** The longest text of a user that a comment shows, in characters. */
export const longestText = 60;

/** Control characters, line breaks of every kind, and characters without a width that could hide or reorder text. */
const invisible = /(?:[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u115f\u1160\u3164\uffa0]|[\ufe00-\ufe0f])+/gu;

/** One line of visible text, cut to the limit with an ellipsis. */
export function plainText(text: string, limit = longestText): string {
  const line = text.replace(invisible, ' ').replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}

/**
 * Text of a user as a code span, the one place where neither Markdown nor mentions, references, links or HTML act on any forge.
 * A backtick would end the span and a pipe the table's cell, so look-alikes stand for them.
 */
export function codeSpan(text: string, limit = longestText): string {
  const line = plainText(text, limit).replaceAll('`', 'ˋ').replaceAll('|', '∣');
  return line === '' ? '` `' : `\`${line}\``;
}

/** A link to one of our own addresses around a user's text. */
export function codeLink(text: string, url: string): string {
  return `[${codeSpan(text)}](${linkTarget(url)})`;
}

/** An address that cannot end the parentheses of a link. */
export function linkTarget(url: string): string {
  return url.replace(/[()<>\s|`"\\]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
