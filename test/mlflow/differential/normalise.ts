import type { Answered } from './step';

/** What each server chooses by itself: its clock's times and its own tokens. */
const chosen: Readonly<Record<string, string>> = {
  creation_time: '<time>',
  last_update_time: '<time>',
  creation_timestamp_ms: '<time>',
  last_updated_timestamp_ms: '<time>',
  next_page_token: '<token>',
};
/** Lists whose order the protocol leaves open. */
const unordered = new Set([
  'data.metrics',
  'data.params',
  'data.tags',
  'info.tags',
  'experiment.tags',
  'experiments.tags',
  'dataset_inputs.tags',
  'inputs.dataset_inputs',
  'inputs.model_inputs',
  'outputs.model_outputs',
  '.dataset_summaries',
]);
/** New in MLflow 3.17 and read by no client. */
const dropped = new Set(['sqlstate', 'error_class']);
/** Absent here; protobuf, and so the clients, cannot tell an empty text from none. */
const emptyMeansAbsent = new Set(['model_type', 'source_run_id']);

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/** `name` is the field's, `parent` that of the object that has it. */
function plain(value: unknown, name: string, parent: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item, name, parent));
    return unordered.has(`${parent}.${name}`) ? items.sort(byText) : items;
  }
  if (typeof value !== 'object' || value === null) return chosen[name] ?? value;
  const entries = Object.entries(value)
    .filter(([key, of]) => !dropped.has(key) && !(of === '' && emptyMeansAbsent.has(key)))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, of]) => [key, plain(of, key, name)]));
}

const shortId = /^[0-9]+$/;

/** Numbers of experiments stand in other places as well, so only whole fields and addresses are replaced. */
function replace(text: string, name: string, value: string): string {
  const place = `{{${name}}}`;
  if (!shortId.test(value)) return text.replaceAll(JSON.stringify(value).slice(1, -1), place);
  return text
    .replaceAll(`"experiment_id":"${value}"`, `"experiment_id":"${place}"`)
    .replaceAll(`"mlflow-artifacts:/${value}/`, `"mlflow-artifacts:/${place}/`)
    .replaceAll(`"mlflow-artifacts:/${value}"`, `"mlflow-artifacts:/${place}"`);
}

/** The answer with `{{name}}` in place of what was kept, so that both servers' answers can be equal. */
export function normalise({ status, body }: Answered, kept: ReadonlyMap<string, string>): Answered {
  let text = JSON.stringify(body);
  for (const [name, value] of kept) if (name !== 'scenario') text = replace(text, name, value);
  return { status, body: plain(JSON.parse(text) as unknown, '', '') };
}
