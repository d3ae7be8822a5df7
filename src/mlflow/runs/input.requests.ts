import type { CandidateInput, Dataset } from '../../candidates';
import { checkLength, type NamedValue } from '../../common';
import { missingValue, type Fields } from '../wire';

/** In characters; the protocol's own. */
const limits = { name: 500, digest: 36, source: 65_535, schema: 1_048_575, profile: 16_777_215 } as const;
const tagLimits = { key: 255, value: 500 } as const;

function atMost(fields: Fields, name: keyof typeof limits, value: string): string {
  checkLength(value, fields.path(name), limits[name]);
  return value;
}

function readDataset(fields: Fields): Dataset {
  const schema = fields.string('schema');
  const profile = fields.string('profile');
  return {
    name: atMost(fields, 'name', fields.requiredString('name')),
    digest: atMost(fields, 'digest', fields.requiredString('digest')),
    sourceType: fields.requiredString('source_type'),
    source: atMost(fields, 'source', fields.requiredString('source')),
    ...(schema === undefined ? {} : { schema: atMost(fields, 'schema', schema) }),
    ...(profile === undefined ? {} : { profile: atMost(fields, 'profile', profile) }),
  };
}

function readInputTag(fields: Fields): NamedValue {
  const [name, value] = [fields.requiredString('key'), fields.string('value') ?? ''];
  checkLength(name, fields.path('key'), tagLimits.key);
  checkLength(value, fields.path('value'), tagLimits.value);
  return { name, value };
}

/** The datasets of a run. https://mlflow.org/docs/latest/api_reference/rest-api.html#log-inputs */
export function readInputs(fields: Fields): CandidateInput[] {
  return fields.messages('datasets').map((input) => {
    const dataset = input.message('dataset');
    if (dataset === undefined) throw missingValue(input.path('dataset'));
    return { dataset: readDataset(dataset), tags: input.messages('tags').map(readInputTag) };
  });
}
