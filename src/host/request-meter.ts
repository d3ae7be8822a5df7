import { Counter, Histogram } from 'prom-client';
import { assayMetrics, durationBuckets } from '../common';
import { routeLabel, type RouteLabel } from './route-label';

const labelNames = ['face', 'method', 'route', 'status'];
const registers = [assayMetrics];
const opened: Series[] = [];
new Counter({
  name: 'assay_http_requests_total',
  help: 'Requests answered, by face, route and class of the status.',
  labelNames,
  registers,
  // A plain number is counted up on each request; the labels are looked up when the metrics are read.
  collect() {
    this.reset();
    for (const { labels, answers } of opened) this.inc(labels, answers);
  },
});
const durations = new Histogram({
  name: 'assay_http_request_duration_seconds',
  help: 'From the headers of a request to the last byte of its answer.',
  labelNames,
  buckets: durationBuckets,
  registers,
});

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

interface Series {
  readonly labels: Record<string, string>;
  readonly duration: { observe(seconds: number): void };
  answers: number;
}

/** Counts the answers of one route. A series is made once, since looking one up by its labels costs more than counting. */
export class RouteMeter {
  private readonly series = new Map<string, (Series | undefined)[]>();

  constructor(private readonly label: RouteLabel) {}

  count(method: string, status: number, seconds: number): void {
    const series = this.find(methods.has(method) ? method : 'other', Math.trunc(status / 100));
    series.answers += 1;
    series.duration.observe(seconds);
  }

  private find(method: string, statusClass: number): Series {
    let known = this.series.get(method);
    if (known === undefined) this.series.set(method, (known = []));
    return (known[statusClass] ??= this.open(method, `${String(statusClass)}xx`));
  }

  private open(method: string, status: string): Series {
    const { face, route } = this.label;
    const labels = { face, method, route, status };
    const series = { labels, duration: durations.labels(labels), answers: 0 };
    opened.push(series);
    return series;
  }
}

/** The meters of a mount's routes by their patterns; routes that are not ours have none. */
export class RouteMeters {
  private readonly meters = new Map<string, RouteMeter | undefined>();

  /** @param root the API's path with a slash before it, as a regular expression */
  constructor(private readonly root: string) {}

  of(pattern: string): RouteMeter | undefined {
    if (!this.meters.has(pattern)) {
      const label = routeLabel(pattern, this.root);
      this.meters.set(pattern, label && new RouteMeter(label));
    }
    return this.meters.get(pattern);
  }
}
