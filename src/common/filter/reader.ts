import { AssayError, invalid } from '../errors';

/** Quoted text ends at the first quote that is neither doubled nor behind a backslash, or at the last possible one when there is none. */
const quoted = /'(?:''|\\'|[^'])*'|"(?:""|\\"|[^"])*"/y;
const backticked = /`(?:``|[^`])*`/y;
const lexeme = /'(?:''|\\'|[^'])*'|"(?:""|\\"|[^"])*"|`(?:``|[^`])*`|[\p{L}\p{N}_.]+|[<>=!~]+|[^]/uy;
const space = /\s*/y;
const shown = 40;

/** Reads a text from left to right; every refusal says where it stands and what it found there. */
export class Reader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly field: string,
  ) {}

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** 0-based; to come back to with {@link refuse}. */
  get position(): number {
    return this.at;
  }

  skipSpace(): void {
    this.take(space);
  }

  /** Takes what the sticky pattern matches right here. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Takes a text in single or double quotes and answers what is between them, as it stands. */
  takeQuoted(): string | undefined {
    return this.take(quoted)?.slice(1, -1);
  }

  takeBackticked(): string | undefined {
    return this.take(backticked)?.slice(1, -1);
  }

  /** The refusal of what stands here, or at an earlier position. */
  refuse(expected: string, position: number = this.at): AssayError {
    lexeme.lastIndex = position;
    const found = lexeme.exec(this.text)?.[0];
    const what = found === undefined ? 'the end' : found.trim() === '' ? 'a space' : short(found);
    return invalid(`${this.field}, column ${position + 1}: found ${what}, expected ${expected}`, this.field);
  }
}

function short(found: string): string {
  const characters = Array.from(found.slice(0, 2 * shown));
  return characters.length > shown ? `${characters.slice(0, shown).join('')}…` : found;
}
