import { codeSpan, plainText } from '../markdown/markdown-escape';
import type { Headline } from './report';

/** The headline as plain text of one line, without its icon, cut to the limit. */
export function headlineText({ parts }: Pick<Headline, 'parts'>, limit = 255): string {
  return plainText(parts.map((part) => (typeof part === 'string' ? part : plainText(part.user))).join(''), limit);
}

/** The headline as Markdown, with its icon. */
export function headlineMarkdown({ icon, parts }: Headline): string {
  return `${icon} ${parts.map((part) => (typeof part === 'string' ? part : codeSpan(part.user))).join('')}`;
}
