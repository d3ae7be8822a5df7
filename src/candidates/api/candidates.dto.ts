import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsInt, Min } from 'class-validator';
import { asExperimentIid, ListQuery, selectionOf } from '../../common';
import type { CandidateQuery } from '../requests';

function toNumbers({ value }: { value: unknown }): unknown {
  return (Array.isArray(value) ? value : [value]).map((text) => (text === '' ? Number.NaN : Number(text)));
}

/** Which candidates, in which order, and how many. */
export class CandidatesQuery extends ListQuery {
  /** iids of experiments, at least one. */
  @Transform(toNumbers)
  @ArrayMaxSize(1_000)
  @IsInt({ each: true })
  @Min(0, { each: true })
  experiment!: number[];

  query(): CandidateQuery {
    return { experiments: this.experiment.map(asExperimentIid), ...selectionOf(this) };
  }
}
