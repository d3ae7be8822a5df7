import { routeLabel } from './route-label';

const root = '/api/v4';
const below = `${root}/projects/:project/ml`;

describe('the name of a route in metrics', () => {
  it.each([
    [`${below}/mlflow/api/2.0/mlflow/runs/log-metric`, 'runs/log-metric'],
    [`${below}/mlflow/ajax-api/2.0/mlflow/runs/log-metric`, 'runs/log-metric'],
    [`${below}/mlflow/api/3.0/mlflow/server-info`, 'server-info'],
    [`${below}/mlflow/api/2.0/mlflow-artifacts/artifacts/*`, 'mlflow-artifacts/artifacts/*'],
    [`${below}/mlflow/api/2.0/mlflow-artifacts/artifacts/{*path}`, 'mlflow-artifacts/artifacts/*'],
    [`${below}/mlflow/version`, 'version'],
    [`${below}/mlflow/*`, '*'],
    [`${below}/mlflow`, '/'],
    [`/hub${below}/mlflow/`, '/'],
  ])('of MLflow is its endpoint: %s', (pattern, route) => {
    expect(routeLabel(pattern, root)).toEqual({ face: 'mlflow', route });
  });

  it.each([
    [`${below}/candidates/:iid`, 'projects/:project/ml/candidates/:iid'],
    [below, 'projects/:project/ml'],
    [`/hub${root}/ml/hooks/:forge`, 'ml/hooks/:forge'],
    [`${root}/usage_data/ml`, 'usage_data/ml'],
  ])('of the native API is its path below the mount: %s', (pattern, route) => {
    expect(routeLabel(pattern, root)).toEqual({ face: 'native', route });
  });

  it.each(['/-/ml/sign_in', '/:namespace/:name/-/ml/candidates/:iid', '/:namespace/:name/-/ml'])(
    'of a page is its pattern: %s',
    (pattern) => {
      expect(routeLabel(pattern, root)).toEqual({ face: 'pages', route: pattern });
      expect(routeLabel(`/hub${pattern}`, root)).toEqual({ face: 'pages', route: pattern });
    },
  );

  it.each([
    '/',
    '/health/ready',
    `${root}/projects`,
    `${root}/projects/:project`,
    '/projects/:project/mlx',
    '/studio/ml',
  ])('is not given to what is not ours: %s', (pattern) => {
    expect(routeLabel(pattern, root)).toBeUndefined();
  });
});
