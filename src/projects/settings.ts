import { checkKey } from '../common';
import { checkLine } from './line';
import type { ProjectSettings, SettingsPatch } from './project';

/** Longest name of a metric, in characters; the same as when metrics are logged. */
const metricNameLimit = 250;
/** Longest name of a commit status, in characters; the shortest limit of the forges we know. */
const statusContextLimit = 100;

/**
 * The settings after a change.
 * @throws AssayError `invalid` for a name that breaks its rules
 */
export function applyPatch(settings: ProjectSettings, patch: SettingsPatch): ProjectSettings {
  const { primaryMetric = settings.primaryMetric, comment = settings.comment } = patch;
  if (primaryMetric != null) checkKey(primaryMetric.name, 'primary_metric.name', metricNameLimit);
  const { statusContext = settings.statusContext } = patch;
  return {
    comment,
    statusContext: checkLine(statusContext, 'status_context', statusContextLimit),
    ...(primaryMetric == null ? {} : { primaryMetric }),
  };
}
