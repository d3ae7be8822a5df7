import { asExperimentIid, ChoiceField, TextField, TextsField, WholesField, type View } from '../../common';
import { formats } from './formats';
import type { Selection } from './selection';

const formatNames = Object.keys(formats) as (keyof typeof formats)[];

/** Which candidates, in which order, and as what kind of file. */
class SelectionQuery {
  @ChoiceField({
    optional: true,
    choices: formatNames,
    name: 'ExportFormat',
    description: 'The kind of file; `csv` unless told. `json` is one array, `ndjson` an object a line.',
  })
  format?: keyof typeof formats;

  @WholesField({
    optional: true,
    description: 'iids of experiments; may be repeated. The whole project when there is none.',
  })
  experiment?: number[];

  @TextField({ optional: true, description: 'Which candidates, in the search language.' })
  filter?: string;

  @TextsField({ optional: true, most: 20, description: 'In which order, such as `metrics.acc DESC`; may be repeated.' })
  order_by?: string[];

  @ChoiceField({ optional: true, choices: ['active', 'deleted', 'all'], description: 'Live ones unless told.' })
  view?: View;

  selection(): Selection {
    return {
      experiments: this.experiment?.map(asExperimentIid) ?? 'all',
      orderBy: this.order_by ?? [],
      view: this.view ?? 'active',
      ...(this.filter === undefined ? {} : { filter: this.filter }),
    };
  }
}

/** An export of candidates. */
export class CandidatesExportQuery extends SelectionQuery {
  @TextsField({
    optional: true,
    most: 2_000,
    description:
      'Names of columns, with commas between them; may be repeated. `metrics.*`, `params.*` and `tags.*` are all that the selection has. Everything when there is none.',
  })
  columns?: string[];

  names(): string[] | undefined {
    return this.columns?.flatMap((list) => list.split(',')).map((name) => name.trim());
  }
}

/** An export of every point of metrics. */
export class MetricsExportQuery extends SelectionQuery {
  @TextsField({ optional: true, description: 'Names of metrics; may be repeated. Every metric when there is none.' })
  name?: string[];

  @WholesField({ optional: true, description: 'iids of candidates, instead of a selection; may be repeated.' })
  candidate?: number[];

  /** Whether it says anything of the selection. */
  narrows(): boolean {
    return [this.experiment, this.filter, this.order_by, this.view].some((part) => part !== undefined);
  }
}
