import { checkLength, checkText, invalid } from '../common';
import type { CandidateInput } from './candidate';

/** Characters. */
const longest = {
  name: 500,
  digest: 36,
  sourceType: 250,
  source: 65_535,
  schema: 1_048_575,
  profile: 16_777_215,
  tagName: 255,
  tagValue: 500,
} as const;
const mostInputs = 1_000;

function check(text: string, field: string, limit: number): void {
  checkLength(text, field, limit);
  checkText(text, field);
}

/** @throws AssayError `invalid` */
export function checkInputs(inputs: readonly CandidateInput[]): void {
  if (inputs.length > mostInputs) {
    throw invalid(`A request can log at most ${mostInputs} datasets, got ${inputs.length}; split it`, 'datasets');
  }
  inputs.forEach(({ dataset, tags }, index) => {
    const field = `datasets[${index}].dataset`;
    if (dataset.name === '') throw invalid(`${field}.name is empty; give the dataset a name`, `${field}.name`);
    check(dataset.name, `${field}.name`, longest.name);
    check(dataset.digest, `${field}.digest`, longest.digest);
    check(dataset.sourceType, `${field}.source_type`, longest.sourceType);
    check(dataset.source, `${field}.source`, longest.source);
    check(dataset.schema ?? '', `${field}.schema`, longest.schema);
    check(dataset.profile ?? '', `${field}.profile`, longest.profile);
    tags.forEach(({ name, value }, place) => {
      check(name, `datasets[${index}].tags[${place}].name`, longest.tagName);
      check(value, `datasets[${index}].tags[${place}].value`, longest.tagValue);
    });
  });
}
