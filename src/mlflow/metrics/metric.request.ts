import type { MetricPoint } from '../../candidates';
import { invalidValue, type Fields } from '../wire';

/** A point of `log-metric`, or one of the metrics of a batch; step 0 unless told. */
export function readMetric(fields: Fields): MetricPoint {
  const name = fields.requiredString('key');
  const value = fields.requiredDouble('value');
  const trackedAt = fields.requiredInt('timestamp');
  if (trackedAt < 0)
    throw invalidValue(fields.path('timestamp'), trackedAt, `Timestamp of metric '${name}' must not be negative.`);
  return { name, value, trackedAt, step: fields.int('step') ?? 0 };
}
