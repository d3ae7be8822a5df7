export { MergeRequestsModule } from './merge-requests.module';
export { mergeRequestsDefaults, MergeRequestsOptions } from './merge-requests.options';
export { MergeRequestsPagesModule } from './page/merge-requests-pages.module';
export { MergeRequestsService } from './merge-requests.service';
export { curvesPlot, type Curve } from './plot/curves-plot';
export { prepareQueue } from './queue/prepare-queue';
export { MetricCurves, type CurvePoint } from './report/metric-curves';
export { formatDuration, formatTime, formatValue, shortSha } from './report/numbers';
export type { MergeRequestReport } from './report/report';
