import type { Comparison, Operator } from '../../common/filter';
import type { Frame } from './frame';

/** Whether there are such rows. Asked row by row, it is kept out of the planner's joins. */
export function exists(rows: string, frame: Frame): string {
  return `EXISTS (${rows}${frame.rowByRow ? ' OFFSET 0' : ''})`;
}

/** A backslash in a pattern is a backslash, as it is to MLflow on SQLite. */
export function textCondition(sql: string, operator: Operator, value: Comparison['value'], frame: Frame): string {
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') return `${sql} ${operator}`;
  if (operator === 'IN') return `${sql} = ANY (${frame.values.add(value, 'text[]')})`;
  if (operator === 'NOT IN') return `${sql} <> ALL (${frame.values.add(value, 'text[]')})`;
  const text = frame.values.add(value, 'text');
  return operator.endsWith('LIKE') ? `${sql} ${operator} ${text} ESCAPE ''` : `${sql} ${sqlOperator(operator)} ${text}`;
}

/** Operators of one value. */
export function sqlOperator(operator: Operator): string {
  return operator === '!=' ? '<>' : operator;
}
