import { invalid } from '../../common';
import type { Comparison, Operator } from '../../common/filter';
import { linksOf } from '../linked';
import { attributeSql } from './attributes';
import type { Frame } from './frame';
import { exists, sqlOperator, textCondition } from './sql-conditions';
import type { SqlValues } from './sql-values';

const eidPattern = /^[0-9a-f]{32}$/;
const shaPattern = /^[0-9a-f]{7,64}$/;
/** How much of a commit's sha its index holds, and the least that tells one from another. */
const shortSha = 7;

/** The SQL of a comparison with an attribute of the candidate `c`. */
export function attributeCondition(comparison: Comparison, frame: Frame): string {
  const { column, operator, value } = comparison;
  switch (column.name) {
    case 'merge_request':
      return linkCondition(operator, value, frame);
    case 'ancestor_run_id':
      return `c.iid = ANY (${frame.values.add(frame.scope.descendants.get(String(value)) ?? [], 'bigint[]')})`;
    default:
      return valueCondition(comparison, frame);
  }
}

function valueCondition({ column, operator, value }: Comparison, frame: Frame): string {
  const pattern = operator.endsWith('LIKE') || operator.startsWith('IS');
  if (column.name === 'run_id' && !pattern) return eidCondition(operator, value, frame.values);
  if (column.name === 'commit' && !pattern) return commitCondition(operator, value, frame.values);
  const { type, sql } = attributeSql(column.name, frame);
  if (type === 'text') return textCondition(sql, operator, value, frame);
  return `${sql} ${sqlOperator(operator)} ${wholeNumber(value, frame.values)}`;
}

function isNegative(operator: Operator): boolean {
  return operator === '!=' || operator === 'NOT IN';
}

function textsOf(value: Comparison['value']): string[] {
  return [value].flat().map(String);
}

function eidCondition(operator: Operator, value: Comparison['value'], values: SqlValues): string {
  const eids = textsOf(value).filter((text) => eidPattern.test(text));
  return `${isNegative(operator) ? 'NOT ' : ''}c.eid = ANY (${values.add(eids, 'uuid[]')})`;
}

/** @throws AssayError `invalid` for what is no commit */
function commitCondition(operator: Operator, value: Comparison['value'], values: SqlValues): string {
  const any = textsOf(value).map((written) => {
    const sha = written.toLowerCase();
    if (!shaPattern.test(sha)) {
      throw invalid(
        `filter: commit ${JSON.stringify(written.slice(0, 80))} has to be ${shortSha} to 64 hexadecimal digits; for other beginnings there is LIKE`,
        'filter',
      );
    }
    const beginning = `left(c.commit_sha, ${shortSha}) = ${values.add(sha.slice(0, shortSha), 'text')} COLLATE "C"`;
    return sha.length === shortSha
      ? beginning
      : `${beginning} AND starts_with(c.commit_sha, ${values.add(sha, 'text')})`;
  });
  return `${isNegative(operator) ? 'NOT ' : ''}(${any.map((one) => `(${one})`).join(' OR ')})`;
}

/** A candidate may be linked to several merge requests: `!=` asks for one to another. */
function linkCondition(operator: Operator, value: Comparison['value'], frame: Frame): string {
  const row = `SELECT ${linksOf(frame.project)} AND l.candidate_iid = c.iid`;
  if (operator === 'IS NULL') return `NOT ${exists(row, frame)}`;
  if (operator === 'IS NOT NULL') return exists(row, frame);
  return exists(`${row} AND l.merge_request_iid ${sqlOperator(operator)} ${wholeNumber(value, frame.values)}`, frame);
}

/** Whole numbers as such, so that an index can find them. */
export function wholeNumber(value: Comparison['value'], values: SqlValues): string {
  return values.add(value, Number.isSafeInteger(value) ? 'bigint' : 'double precision');
}
