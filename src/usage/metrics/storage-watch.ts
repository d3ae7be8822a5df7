import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { GaugeOf } from '../../common';
import { UsageRepository, type StoredTotal } from '../usage.repository';

/** Every process sees the same store. */
function storedGauge(unit: keyof StoredTotal): GaugeOf<UsageRepository> {
  return new GaugeOf({
    name: `assay_stored_${unit}`,
    help: `What all projects keep in the artifact store, in ${unit}.`,
    aggregator: 'max',
    read: async (repository) => [{ value: (await repository.stored())[unit] }],
  });
}

const gauges = [storedGauge('bytes'), storedGauge('files')];

/** Has the store's sums among the metrics for as long as the app lives. */
@Injectable()
export class StorageWatch implements OnModuleInit, OnApplicationShutdown {
  private ends: (() => void)[] = [];

  constructor(private readonly repository: UsageRepository) {}

  onModuleInit(): void {
    this.ends = gauges.map((gauge) => gauge.watch(this.repository));
  }

  onApplicationShutdown(): void {
    for (const end of this.ends) end();
  }
}
