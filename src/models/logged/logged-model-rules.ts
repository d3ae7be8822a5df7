import { checkKey, checkLength, checkText, invalid, type NamedValue } from '../../common';
import type { ModelMetricPoint, NewLoggedModel } from './logged-model';

/** Characters, and entries of one request. */
export const loggedModelLimits = {
  name: 500,
  modelType: 500,
  key: 250,
  paramValue: 6_000,
  tagValue: 8_000,
  entries: 1_000,
} as const;

/** These have a meaning in `models:/` addresses or in file names. */
const reserved = /[/:.%"']/;

function checkName(name: string): void {
  if (name === '' || reserved.test(name)) {
    throw invalid(
      `Invalid model name (${JSON.stringify(name)}) provided. Model name must be a non-empty string and cannot contain the following characters: / : . % " '`,
      'name',
    );
  }
  checkLength(name, 'name', loggedModelLimits.name);
  checkText(name, 'name');
}

function checkEntries(entries: readonly NamedValue[], field: 'params' | 'tags', valueLimit: number): void {
  if (entries.length > loggedModelLimits.entries) {
    throw invalid(`A request can log at most ${loggedModelLimits.entries} ${field} of a model; split it`, field);
  }
  entries.forEach(({ name, value }, index) => {
    checkKey(name, `${field}[${index}].key`, loggedModelLimits.key);
    checkLength(value, `${field}[${index}].value`, valueLimit);
    checkText(value, `${field}[${index}].value`);
  });
}

/** One name has one value. @throws AssayError `invalid` */
export function checkParams(params: readonly NamedValue[]): void {
  checkEntries(params, 'params', loggedModelLimits.paramValue);
  const values = new Map<string, string>();
  for (const { name, value } of params) {
    if ((values.get(name) ?? value) !== value) throw changedParam(name);
    values.set(name, value);
  }
}

/** @throws AssayError `invalid` */
export function checkTags(tags: readonly NamedValue[]): void {
  checkEntries(tags, 'tags', loggedModelLimits.tagValue);
}

/** @throws AssayError `invalid` */
export function checkNewLoggedModel({ name, modelType, params, tags }: NewLoggedModel): void {
  if (name !== undefined) checkName(name);
  if (modelType !== undefined) {
    checkLength(modelType, 'model_type', loggedModelLimits.modelType);
    checkText(modelType, 'model_type');
  }
  checkParams(params);
  checkTags(tags);
}

/** @throws AssayError `invalid` */
export function checkModelMetrics(points: readonly ModelMetricPoint[]): void {
  for (const { name, dataset } of points) {
    checkKey(name, 'key', loggedModelLimits.key);
    for (const text of [dataset?.name ?? '', dataset?.digest ?? '']) {
      checkLength(text, 'dataset', loggedModelLimits.name);
      checkText(text, 'dataset');
    }
  }
}

/** A param is logged once and for all. */
export function changedParam(name: string): Error {
  return invalid(
    `The param ${JSON.stringify(name)} of the model has another value already; params cannot be changed`,
    'params',
  );
}
