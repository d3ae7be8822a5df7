import type { Column } from './filter';
import type { Reader } from './reader';
import type { ColumnKind, ColumnRule, Vocabulary } from './vocabulary';

const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const dottedName = /[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/uy;
const doubleQuoted = /"(?:""|\\"|[^"])*"/y;
const dot = /\./y;
/** What may follow a column: anything else belongs to a name that had to be quoted. */
const boundary = /(?=[\s<>=!~;,)]|$)/y;

/** A column with the rule that its vocabulary has for it. */
export interface KnownColumn {
  readonly column: Column;
  readonly rule: ColumnRule;
  /** 0-based, where it begins. */
  readonly position: number;
}

/** Reads `kind.name`, or the name of the bare kind. */
export function readColumn(reader: Reader, vocabulary: Vocabulary): KnownColumn {
  const position = reader.position;
  const first = reader.take(word) ?? reader.takeBackticked();
  const prefixed = first !== undefined && reader.take(dot) !== undefined;
  if (!prefixed) {
    const name = first ?? reader.take(doubleQuoted)?.slice(1, -1);
    if (name === undefined) throw reader.refuse(`a column, such as ${examples(vocabulary)}`);
    return known(reader, vocabulary, { kind: vocabulary.bare, name }, position);
  }
  const kind = vocabulary.prefixes.get(first);
  if (kind === undefined) {
    throw reader.refuse(`one of ${list(vocabulary.prefixes.keys())} before the dot`, position);
  }
  return known(reader, vocabulary, { kind, name: readName(reader) }, position);
}

function readName(reader: Reader): string {
  const name = reader.takeQuoted() ?? reader.takeBackticked() ?? reader.take(dottedName);
  if (name === undefined || name === '')
    throw reader.refuse('a name after the dot, quoted when it has special characters');
  return name;
}

function known(reader: Reader, vocabulary: Vocabulary, column: Column, position: number): KnownColumn {
  if (reader.take(boundary) === undefined) {
    throw reader.refuse(
      'a space or an operator; a name with other characters than letters, digits, _ and . is put in quotes',
    );
  }
  const kind = vocabulary.kinds.get(column.kind);
  const rule = kind === undefined ? undefined : ruleOf(kind, column.name);
  if (rule === undefined) throw reader.refuse(`for ${column.kind} one of ${namesOf(kind)}`, position);
  return { column: { ...column, name: rule.name ?? column.name }, rule, position };
}

function ruleOf(kind: ColumnKind, name: string): ColumnRule | undefined {
  return isNamed(kind) ? kind.get(name) : kind;
}

function namesOf(kind: ColumnKind | undefined): string {
  return kind !== undefined && isNamed(kind) ? list(kind.keys()) : 'none';
}

function isNamed(kind: ColumnKind): kind is ReadonlyMap<string, ColumnRule> {
  return kind instanceof Map;
}

function examples(vocabulary: Vocabulary): string {
  return Array.from(vocabulary.kinds, ([kind, rule]) => {
    const name = isNamed(rule) ? String(rule.keys().next().value) : 'name';
    return kind === vocabulary.bare ? name : `${kind}.${name}`;
  }).join(', ');
}

function list(words: Iterable<string>): string {
  return Array.from(words).join(', ');
}
