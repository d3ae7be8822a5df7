export { MetricsModule } from './metrics/metrics.module';
export { MetricsOptions } from './metrics/metrics-options';
export { UsageModule } from './usage.module';
