import { invalid } from '../common';
import type { ProjectSettings, SettingsPatch } from './project';

/** Longest name of a metric, in characters; the same as when metrics are logged. */
const metricNameLimit = 250;
/** Longest name of a commit status, in characters; the shortest limit of the forges we know. */
const statusContextLimit = 100;

function checkLength(value: string, limit: number, field: string): string {
  const text = value.trim();
  if (text === '' || text.length > limit) throw invalid(`${field} must have 1 to ${String(limit)} characters`, field);
  return text;
}

/**
 * The settings after a change.
 * @throws AssayError `invalid` for a name that is empty or too long
 */
export function applyPatch(settings: ProjectSettings, patch: SettingsPatch): ProjectSettings {
  const { primaryMetric = settings.primaryMetric, comment = settings.comment } = patch;
  const { statusContext = settings.statusContext } = patch;
  return {
    comment,
    statusContext: checkLength(statusContext, statusContextLimit, 'status_context'),
    ...(primaryMetric == null
      ? {}
      : {
          primaryMetric: {
            name: checkLength(primaryMetric.name, metricNameLimit, 'primary_metric.name'),
            direction: primaryMetric.direction,
          },
        }),
  };
}
