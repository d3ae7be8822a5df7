import { ArrayMinSize } from 'class-validator';
import { PageQuery, TextField, WholeField, WholesField } from '../../common';

/** Which points of a metric. */
export class PointsQuery extends PageQuery {
  @TextField({ description: 'Of the metric; in the query, because names may hold slashes.' })
  name!: string;
}

/** Which curves. */
export class SeriesQuery {
  @TextField({ description: 'Of the metric.' })
  name!: string;

  @WholesField({ most: 100, description: 'iids of candidates; may be repeated.' })
  @ArrayMinSize(1)
  candidate!: number[];

  @WholeField({ optional: true, min: 2, max: 1_000, description: 'Of each candidate; 320 unless told.' })
  max_points?: number;
}
