import { invalid, isLongerThan } from '../../common';
import { isObject, type Fields } from '../wire';

type Json = Readonly<Record<string, unknown>>;

const needed = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'] as const;
const kept = ['run_id', 'artifact_path', 'utc_time_created', 'model_uuid'] as const;

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A flavor's own configuration may hold anything, secrets included; it does not go into a tag. */
function withoutConfig(flavor: unknown): unknown {
  if (!isObject(flavor)) return flavor;
  return Object.fromEntries(Object.entries(flavor).filter(([name]) => name !== 'config'));
}

/** What the tag keeps of a model. https://mlflow.org/docs/latest/api_reference/rest-api.html#log-model */
export function readModel(fields: Fields): Json {
  const text = fields.requiredString('model_json');
  const model = parse(text);
  if (!isObject(model)) throw invalid(`Malformed model info. \n ${text} \n is not a valid JSON.`, 'model_json');
  const missing = needed.filter((name) => !(name in model));
  if (missing.length > 0)
    throw invalid(`Model json is missing mandatory fields: {${missing.map((name) => `'${name}'`).join(', ')}}`);
  const flavors = isObject(model['flavors']) ? model['flavors'] : {};
  return {
    ...Object.fromEntries(kept.filter((name) => name in model).map((name) => [name, model[name]])),
    flavors: Object.fromEntries(Object.entries(flavors).map(([name, flavor]) => [name, withoutConfig(flavor)])),
  };
}

/**
 * The tag's next value; one that is no list of ours begins anew. A tag holds only so many characters, and half a JSON would be
 * none, so the oldest models leave it when it is full.
 */
export function appendModel(history: string | undefined, model: Json, mostCharacters: number): string {
  const before = history === undefined ? [] : parse(history);
  const models = [...(Array.isArray(before) ? (before as unknown[]) : []), model];
  for (let first = 0; first < models.length; first += 1) {
    const value = JSON.stringify(models.slice(first));
    if (!isLongerThan(value, mostCharacters)) return value;
  }
  throw invalid(`model_json is too long: what is kept of it may have ${mostCharacters} characters`, 'model_json');
}
