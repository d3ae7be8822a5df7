import type { NativeWorld } from '../native/world';

type Query = Record<string, string | readonly string[]>;

const filters = [
  "metrics.m0 > 0.2 AND params.p0 = 'v3'",
  "metrics.m2 > 0.5 OR params.p9 LIKE '%77'",
  "NOT (tags.`mlflow.runName` ILIKE 'trial 1%') AND status = 'FINISHED'",
  'metrics.m0.max > 0.9 AND metrics.m1.min <= 3',
  "dataset.name = 'iris' AND dataset.context = 'train'",
  "params.p3 IS NULL OR params.p0 != 'v1'",
  "attributes.merge_request = 42 OR branch = 'main'",
];
const orders = [
  'metrics.m0 DESC',
  'metrics.m0.max DESC',
  'params.p3',
  'tags.`mlflow.runName`',
  'start_time ASC',
  'end_time DESC',
];

/** Questions whose SQL is composed: every kind of filter and order, over one, several and all experiments, with a second page of each. */
function candidateQuestions(): Query[] {
  const some = [{ experiment: '1' }, { experiment: ['1', '2'] }, {}] as const;
  return some.flatMap((where) => [
    where,
    ...filters.map((filter) => ({ ...where, filter })),
    ...orders.map((order_by) => ({ ...where, order_by })),
    { ...where, filter: filters[0] ?? '', order_by: orders[0] ?? '' },
    { ...where, view: 'deleted' },
  ]);
}

const experimentQuestions: Query[] = [
  {},
  { filter: "name LIKE 'sweep%' AND tags.team = 'a'", order_by: 'last_update_time DESC' },
  { order_by: 'name' },
];

const modelQuestions = [
  {},
  { filter: "name = 'net' AND params.depth = '3'", order_by: [{ field_name: 'creation_timestamp', ascending: false }] },
  { filter: 'metrics.m0 > 0.5', order_by: [{ field_name: 'metrics.m0', ascending: false }] },
];

const exportQuestions: Query[] = [
  {},
  { experiment: '1', columns: 'iid,name,metrics.m0,params.p0' },
  { filter: filters[0] ?? '', order_by: orders[0] ?? '', columns: 'metrics.*,tags.*' },
];

function described(query: Query): string {
  return Object.entries(query)
    .filter(([name]) => name !== 'page_token' && name !== 'max_results' && name !== 'format')
    .map(([name, value]) => `${name}: ${[value].flat().join(' and ')}`)
    .join(', ');
}

/** Is told what is asked, before it is. */
export type Listener = (question: string) => void;

/** Asks a server everything whose SQL is composed for the one question. @throws Error when it refuses one */
export async function askEverything(world: NativeWorld, listener: Listener = () => undefined): Promise<void> {
  const ask = async (path: string, query: Query = {}): Promise<Record<string, unknown>> => {
    listener(`${path} ${described(query)}`);
    const { status, text, body } = await world.get(path, query);
    if (status !== 200) throw new Error(`${path} ${JSON.stringify(query)} answers ${status}: ${text}`);
    return body;
  };
  const bothPages = async (path: string, query: Query): Promise<void> => {
    const { next_page_token } = await ask(path, query);
    if (typeof next_page_token === 'string') await ask(path, { ...query, page_token: next_page_token });
  };
  for (const query of candidateQuestions()) await bothPages('candidates', { max_results: '20', ...query });
  for (const query of experimentQuestions) await bothPages('experiments', { max_results: '1', ...query });
  for (const query of exportQuestions) await ask('candidates/export', { format: 'ndjson', ...query });
  await ask('metrics/export', { format: 'ndjson', name: 'm0', candidate: ['1', '2', '3'] });
  for (const body of modelQuestions) {
    const path = 'mlflow/api/2.0/mlflow/logged-models/search';
    listener(`logged models ${JSON.stringify(body)}`);
    const { status, text } = await world.call('POST', path, {
      body: { experiment_ids: ['1', '2'], max_results: 5, ...body },
    });
    if (status !== 200) throw new Error(`${path} ${JSON.stringify(body)} answers ${status}: ${text}`);
  }
  await ask('/api/v4/projects/team%2Ftrials/ml');
}
