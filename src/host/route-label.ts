/** Which of our faces a route belongs to, and how metrics name it: few words, and never an id. */
export interface RouteLabel {
  readonly face: 'mlflow' | 'native' | 'pages';
  readonly route: string;
}

const versions = /^(?:ajax-)?api\/\d\.\d\/(?:mlflow\/)?/;
const page = /\/(?::namespace\/:name\/)?-\/ml(?:\/.*)?$/;

/** Express and Fastify write "the rest of the path" differently. */
function plain(pattern: string): string {
  return pattern.replace(/\{?\*\w*\}?$/, '*').replace(/(?<=.)\/$/, '');
}

/**
 * Reads the pattern of a route as the host's router keeps it. MLflow's endpoints go by their own names (`runs/log-metric`), whatever
 * the version or twin; the host's own routes are none of ours.
 * @param root the API's path with a slash before it, as a regular expression
 */
export function routeLabel(pattern: string, root: string): RouteLabel | undefined {
  const path = plain(pattern);
  const mlflow = new RegExp(`${root}/projects/:project/ml/mlflow(?:/(.*))?$`).exec(path);
  if (mlflow !== null) return { face: 'mlflow', route: (mlflow[1] ?? '').replace(versions, '') || '/' };
  const native = new RegExp(`${root}/((?:projects/:project/ml|ml|usage_data)(?:/.*)?)$`).exec(path);
  if (native !== null) return { face: 'native', route: native[1] ?? '' };
  const pages = page.exec(path);
  return pages === null ? undefined : { face: 'pages', route: pages[0] };
}
