const tag = { name: 'k', value: '1' };
const dataset = { name: 'some', digest: 'd', source_type: 'local', source: '{}' };

/** What each route of the native API takes, by how its path ends. */
const bodies: readonly (readonly [end: RegExp, body: object])[] = [
  [/\/ml\/candidates$/, { experiment: 3 }],
  [/\/candidates\/:iid$/, { status: 'finished' }],
  [/\/log$/, { tags: [tag] }],
  [/\/inputs$/, { datasets: [{ dataset }] }],
  [/\/:iid\/tags$/, { tags: [tag] }],
  [/\/experiments(\/:iid)?$/, { name: 'some' }],
];

/** A body that the route of the native API accepts, as far as its own rules go. */
export function nativeBody(path: string): object {
  return bodies.find(([end]) => end.test(path))?.[1] ?? {};
}

/** Whatever the native API's routes want to know in their queries. */
export function nativeQuery(path: string): string {
  if (/\/:iid\/(tags|metrics\/history)$/.test(path)) return '?name=k';
  return path.endsWith('/ml/metrics/history') ? '?name=k&candidate=3' : '';
}
