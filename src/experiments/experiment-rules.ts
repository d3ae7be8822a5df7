import { checkKey, checkLength, checkText, invalid, type NamedValue } from '../common';
import type { NewExperiment } from './experiment';

/** What an experiment may hold, in characters. */
export const experimentLimits = { name: 500, artifactLocation: 2_048, tagName: 250, tagValue: 20_000 } as const;

/** @throws AssayError `invalid` */
export function checkExperimentName(name: string): void {
  if (name === '') throw invalid('name is empty; an experiment needs a name', 'name');
  checkLength(name, 'name', experimentLimits.name);
  checkText(name, 'name');
}

/** @throws AssayError `invalid` */
export function checkExperimentTag({ name, value }: NamedValue, field: string): void {
  checkKey(name, `${field}.name`, experimentLimits.tagName);
  checkLength(value, `${field}.value`, experimentLimits.tagValue);
  checkText(value, `${field}.value`);
}

/** @throws AssayError `invalid` */
export function checkNewExperiment({ name, artifactLocation, tags }: NewExperiment): void {
  checkExperimentName(name);
  if (artifactLocation !== undefined) {
    checkLength(artifactLocation, 'artifact_location', experimentLimits.artifactLocation);
    checkText(artifactLocation, 'artifact_location');
  }
  tags.forEach((tag, index) => {
    checkExperimentTag(tag, `tags[${index}]`);
  });
}
