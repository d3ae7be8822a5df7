import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Requires } from '../../access';
import { assayMetrics, NativeApi, Operation } from '../../common';
import { MetricsOptions } from './metrics-options';

const contentType = Registry.PROMETHEUS_CONTENT_TYPE;

/** Answers Prometheus, at the path that the mount chose. */
@NativeApi('Server')
@Controller()
export class MetricsController {
  constructor(@Inject(MetricsOptions) private readonly options: MetricsOptions) {}

  @Get()
  @Requires('operator')
  @Header('Content-Type', contentType)
  @Header('Cache-Control', 'no-store')
  @Operation('Measures for Prometheus', { content: ['text/plain'] })
  show(): Promise<string> {
    return this.options.text?.() ?? assayMetrics.metrics();
  }
}
