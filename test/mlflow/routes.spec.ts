import { trackingPath } from '../../src/mlflow/wire/mlflow-api';
import { findRoutes } from '../support/routes';

const base = `/api/v4/${trackingPath}`;

/** MLflow 3.17.2's services, each route at its address and at the `ajax-api` twin; `{name}` is any one segment. */
const twins = {
  core: [
    'POST 2.0/mlflow/experiments/create',
    'POST 2.0/mlflow/experiments/delete',
    'POST 2.0/mlflow/experiments/delete-experiment-tag',
    'GET 2.0/mlflow/experiments/get',
    'GET 2.0/mlflow/experiments/get-by-name',
    'POST 2.0/mlflow/experiments/restore',
    'GET 2.0/mlflow/experiments/search',
    'POST 2.0/mlflow/experiments/search',
    'POST 2.0/mlflow/experiments/set-experiment-tag',
    'POST 2.0/mlflow/experiments/update',
    'GET 2.0/mlflow/metrics/get-history',
    'GET 2.0/mlflow/metrics/get-history-bulk-interval',
    'POST 2.0/mlflow/runs/create',
    'POST 2.0/mlflow/runs/delete',
    'POST 2.0/mlflow/runs/delete-tag',
    'GET 2.0/mlflow/runs/get',
    'POST 2.0/mlflow/runs/log-batch',
    'POST 2.0/mlflow/runs/log-metric',
    'POST 2.0/mlflow/runs/log-model',
    'POST 2.0/mlflow/runs/log-parameter',
    'POST 2.0/mlflow/runs/restore',
    'POST 2.0/mlflow/runs/search',
    'POST 2.0/mlflow/runs/set-tag',
    'POST 2.0/mlflow/runs/update',
  ],
  datasets: [
    // Its address in MLflow's own server is misspelt, and answers nothing.
    'POST 2.0/mlflow/experiments/search-datasets',
    'POST 2.0/mlflow/runs/log-inputs',
    'POST 2.0/mlflow/runs/outputs',
  ],
  'logged models': [
    'POST 2.0/mlflow/logged-models',
    'POST 2.0/mlflow/logged-models/search',
    'DELETE 2.0/mlflow/logged-models/{model_id}',
    'GET 2.0/mlflow/logged-models/{model_id}',
    'PATCH 2.0/mlflow/logged-models/{model_id}',
    'GET 2.0/mlflow/logged-models/{model_id}/artifacts/directories',
    'POST 2.0/mlflow/logged-models/{model_id}/params',
    'PATCH 2.0/mlflow/logged-models/{model_id}/tags',
    'DELETE 2.0/mlflow/logged-models/{model_id}/tags/{tag_key}',
  ],
  artifacts: [
    'GET 2.0/mlflow-artifacts/artifacts',
    'DELETE 2.0/mlflow-artifacts/artifacts/*',
    'GET 2.0/mlflow-artifacts/artifacts/*',
    'PUT 2.0/mlflow-artifacts/artifacts/*',
    'POST 2.0/mlflow-artifacts/mpu/abort/*',
    'POST 2.0/mlflow-artifacts/mpu/complete/*',
    'POST 2.0/mlflow-artifacts/mpu/create/*',
    'GET 2.0/mlflow-artifacts/presigned/*',
    'GET 2.0/mlflow/artifacts/list',
    'POST 2.0/mlflow/artifacts/presigned-download-url',
    'POST 2.0/mlflow/artifacts/presigned-upload-url',
  ],
  'the server': ['GET 3.0/mlflow/server-info'],
};

/** What MLflow's own pages ask for, at these addresses alone. */
const single = [
  'GET health',
  'GET version',
  'GET get-artifact',
  'POST ajax-api/2.0/mlflow/upload-artifact',
  'GET ajax-api/2.0/mlflow/metrics/get-history-bulk',
  'GET ajax-api/2.0/mlflow/metrics/get-history-bulk-interval',
  'GET ajax-api/2.0/mlflow/logged-models/{model_id}/artifacts/files',
];

/** Any parameter is like any other. */
function shape(route: string): string {
  return route.replace(/:\w+|\{\w+\}/g, '{}');
}

describe('the routes of MLflow’s tracking server', () => {
  let served: Set<string>;

  beforeAll(async () => {
    served = new Set((await findRoutes()).served.map(shape));
  });

  function missing(routes: readonly string[]): string[] {
    return routes.filter((route) => {
      const [method = '', path = ''] = route.split(' ');
      return !served.has(shape(`${method} ${base}/${path}`));
    });
  }

  it.each(Object.entries(twins))('for %s are all here, with their twins', (_area, routes) => {
    for (const api of ['api', 'ajax-api']) {
      expect(missing(routes.map((route) => route.replace(' ', ` ${api}/`)))).toEqual([]);
    }
  });

  it('beside its services are here', () => {
    expect(missing(single)).toEqual([]);
  });
});
