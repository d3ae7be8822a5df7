/** One line of Prometheus' text format. */
export interface Measure {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with its lines. */
export interface Metric {
  readonly type: string;
  readonly help: string;
  readonly measures: Measure[];
}

// Values as Go's ParseFloat takes them.
const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ((?:nan|[+-]?inf|-?[0-9.]+(?:e[+-]?[0-9]+)?))$/i;
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const endings: Readonly<Record<string, RegExp>> = { histogram: /_(bucket|sum|count)$/, summary: /_(sum|count)$/ };

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (label.lastIndex = 0; label.lastIndex < text.length;) {
    const [, name, value] = label.exec(text) ?? [];
    if (name === undefined || value === undefined || name in labels) throw new Error(`No labels: ${text}`);
    labels[name] = value;
  }
  return labels;
}

function readMeasure(text: string): Measure {
  const [, name = '', labels = '', value = ''] = line.exec(text) ?? [];
  if (name === '') throw new Error(`No line of the format: ${text}`);
  return { name, labels: readLabels(labels), value: Number(value.replace(/inf/i, 'Infinity')) };
}

function belongs({ name }: Measure, metric: string, type: string): boolean {
  return name === metric || (endings[type] !== undefined && name.replace(endings[type], '') === metric);
}

/**
 * Reads Prometheus' text format strictly (https://prometheus.io/docs/instrumenting/exposition_formats/): each metric once with
 * HELP and TYPE before its lines, no series twice, histograms that grow and end at +Inf with their count.
 */
export function readExposition(text: string): Map<string, Metric> {
  if (!text.endsWith('\n')) throw new Error('The last line must end');
  const metrics = new Map<string, Metric>();
  let [current, help] = ['', ''];
  for (const row of text.split('\n')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(row) ?? [];
    if (row === '') continue;
    if (word === 'HELP') [current, help] = [name, rest];
    else if (word === 'TYPE') {
      if (name !== current || metrics.has(name)) throw new Error(`Out of place: ${row}`);
      metrics.set(name, { type: rest, help, measures: [] });
    } else {
      const [metric, measure] = [metrics.get(current), readMeasure(row)];
      if (metric === undefined || !belongs(measure, current, metric.type)) throw new Error(`Out of place: ${row}`);
      metric.measures.push(measure);
    }
  }
  for (const [name, metric] of metrics) check(name, metric);
  return metrics;
}

/** Labels as one text, `le` aside, in an order of their own. */
function seriesOf({ labels }: Measure): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => name !== 'le')
      .sort(),
  );
}

function check(name: string, { type, measures }: Metric): void {
  const keys = measures.map((measure) => `${measure.name} ${JSON.stringify(Object.entries(measure.labels).sort())}`);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw new Error(`Twice: ${twice}`);
  if (type !== 'histogram') return;
  for (const end of measures.filter((measure) => measure.name === `${name}_count`)) {
    const buckets = measures.filter((one) => one.name === `${name}_bucket` && seriesOf(one) === seriesOf(end));
    const values = buckets.map(({ value }) => value);
    const grows = values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0));
    const last = buckets.at(-1);
    if (!grows || last?.labels['le'] !== '+Inf' || last.value !== end.value) throw new Error(`No histogram: ${name}`);
  }
}

/** The sum of the series that have these labels; 0 when there is none. */
export function sumOf(metrics: Map<string, Metric>, name: string, labels: Record<string, string> = {}): number {
  const metric = metrics.get(name.replace(/_(bucket|sum|count)$/, '')) ?? metrics.get(name);
  if (metric === undefined) throw new Error(`There is no metric ${name}`);
  return metric.measures
    .filter((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    .reduce((sum, { value }) => sum + value, 0);
}
