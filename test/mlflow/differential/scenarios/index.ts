import type { Scenario } from '../step';
import { datasets } from './datasets';
import { experiments, experimentSearch } from './experiments';
import { loggedModels, loggedModelSearch } from './logged-models';
import { batches, metrics, numbers, paramsAndTags } from './logging';
import { runs } from './runs';
import { runSearch } from './search';
import { wire } from './wire';

/** All that both servers are asked, in this order. */
export const scenarios: readonly Scenario[] = [
  experiments,
  experimentSearch,
  runs,
  metrics,
  numbers,
  paramsAndTags,
  batches,
  wire,
  runSearch,
  datasets,
  loggedModels,
  loggedModelSearch,
];
