import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NamedValueBody, NumberAnswer, TextAnswer, WholeAnswer, type JsonNumber, type NamedValue } from '../../common';
import type { MetricPoint } from '../candidate';
import type { CandidateWrite } from '../requests';
import { SourceBody, sourceOf } from './candidates.dto';
import { JsonEntry } from './json-entry';

/** One value of a metric. */
class PointBody {
  @TextAnswer('Of the metric.')
  name!: string;

  @NumberAnswer('The value.')
  value!: JsonNumber;

  @WholeAnswer('0 unless told.', { optional: true })
  step?: number;

  @ApiProperty({ type: 'integer', format: 'int64', minimum: 0, description: 'Milliseconds since the epoch.' })
  tracked_at!: number;
}

/** What one request logs to a candidate. The document's picture of it: {@link readLog} reads the body. */
export class LogBody {
  @ApiPropertyOptional({
    type: [PointBody],
    maxItems: 1_000,
    description: 'Points of any metrics; an equal repeat is none.',
  })
  metrics?: PointBody[];

  @ApiPropertyOptional({ type: [NamedValueBody], maxItems: 100, description: 'Cannot change once they are logged.' })
  params?: NamedValueBody[];

  @ApiPropertyOptional({ type: [NamedValueBody], maxItems: 100, description: 'Replace those of the same name.' })
  tags?: NamedValueBody[];

  @ApiPropertyOptional({ type: SourceBody, description: 'Where in the code the candidate comes from.' })
  source?: SourceBody;
}

function readPoint(entry: JsonEntry): MetricPoint {
  return {
    name: entry.text('name'),
    value: entry.number('value'),
    step: entry.optionalWhole('step', Number.MIN_SAFE_INTEGER) ?? 0,
    trackedAt: entry.whole('tracked_at', 0),
  };
}

function readNamedValue(entry: JsonEntry): NamedValue {
  return { name: entry.text('name'), value: entry.text('value') };
}

function readSource(entry: JsonEntry): CandidateWrite['source'] {
  const [commit, branch] = [entry.optionalText('commit'), entry.optionalText('branch')];
  const merge_request = entry.optionalWhole('merge_request', 1);
  return sourceOf({
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(merge_request === undefined ? {} : { merge_request }),
  });
}

/** Reads what {@link LogBody} describes. @throws AssayError `invalid` that names the member */
export function readLog(body: unknown): Omit<CandidateWrite, 'eid'> {
  const log = JsonEntry.of(body, ['metrics', 'params', 'tags', 'source']);
  const source = log.entry('source', ['commit', 'branch', 'merge_request']);
  const told = source === undefined ? undefined : readSource(source);
  return {
    points: log.entries('metrics', ['name', 'value', 'step', 'tracked_at']).map(readPoint),
    params: log.entries('params', ['name', 'value']).map(readNamedValue),
    tags: log.entries('tags', ['name', 'value']).map(readNamedValue),
    ...(told === undefined ? {} : { source: told }),
  };
}
