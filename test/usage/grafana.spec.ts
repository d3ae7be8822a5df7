import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAssay, type AssayServer } from '../support/assay';
import { assayMetrics } from '../../src';
import type { Metric } from './exposition';
import { metricsOf } from './tracked';

const folder = join(__dirname, '../../docs/grafana');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const { panels } = JSON.parse(read('assay.json')) as { readonly panels: readonly Panel[] };
const ofPanels = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const ofAlerts = [...read('alerts.yml').matchAll(/^ {8}expr: (.+)$/gm)].map(([, expr = '']) => expr);
const expressions = [...ofPanels, ...ofAlerts];

/** Prometheus adds these to every series. */
const added = ['job', 'instance', 'le'];

function namesIn(expression: string): string[] {
  return [...expression.matchAll(/\b(?:assay|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name);
}

function isExposed(metrics: Map<string, Metric>, name: string): boolean {
  if (metrics.get(name)?.type === 'histogram') return false;
  const whole = name.replace(/_(bucket|sum|count)$/, '');
  return metrics.has(name) || metrics.get(whole)?.type === 'histogram';
}

function labelsOf(name: string): readonly string[] {
  const known = assayMetrics.getSingleMetric(name) ?? assayMetrics.getSingleMetric(name.replace(/_[a-z]+$/, ''));
  return (known as unknown as { readonly labelNames: readonly string[] } | undefined)?.labelNames ?? [];
}

describe('the dashboard and the alerts in docs/grafana', () => {
  let server: AssayServer;
  let metrics: Map<string, Metric>;

  beforeAll(async () => {
    server = await startAssay();
    metrics = await metricsOf(server);
  });
  afterAll(() => server.stop());

  it('have a row for each part of the server, and panels that ask something', () => {
    const rows = panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual(
      expect.arrayContaining([
        'Traffic',
        'Latency',
        'Writes',
        'Database',
        'Forge',
        'Queue of merge requests',
        'Artifacts',
      ]),
    );
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ type, targets = [] }) => type !== 'row' && targets.length === 0)).toEqual([]);
    expect(ofAlerts.length).toBe([...read('alerts.yml').matchAll(/^ {6}- alert: /gm)].length);
    expect(ofAlerts.length).toBeGreaterThan(5);
  });

  it('use only metrics that a server exposes, and every one of ours', () => {
    const used = new Set(expressions.flatMap(namesIn));
    expect(used.size).toBeGreaterThan(15);
    expect([...used].filter((name) => !isExposed(metrics, name))).toEqual([]);
    const whole = new Set([...used].flatMap((name) => [name, name.replace(/_(bucket|sum|count)$/, '')]));
    expect([...metrics.keys()].filter((name) => name.startsWith('assay_') && !whole.has(name))).toEqual([]);
  });

  it('use only labels that the metrics have', () => {
    const wrong = expressions.flatMap((expression) => {
      const ours = namesIn(expression).filter((name) => name.startsWith('assay_'));
      const known = new Set([...added, ...ours.flatMap(labelsOf)]);
      const matched = [...expression.matchAll(/([a-z_]+)(?:=~|!~|!=|=)"/g)].map(([, label = '']) => label);
      const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/, */));
      const unknown = [...matched, ...grouped].filter((label) => !known.has(label));
      return unknown.map((label) => `${label} in ${expression}`);
    });
    expect(wrong).toEqual([]);
  });

  it('read the address that the server serves, with a token from a file', () => {
    const example = read('prometheus.yml');
    expect(example).toContain('metrics_path: /metrics');
    expect(example).toMatch(/authorization:\n +type: Bearer\n +credentials_file: /);
  });
});
