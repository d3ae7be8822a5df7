import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { assayOptions, type AssayOptions } from './assay.options';
import { dataSourceName, dataSourceOptions } from './database';
import { projectEntities } from './projects';

/** The entities that a host's own DataSource must list. */
export const assayEntities = [...projectEntities];

const token = getDataSourceToken(dataSourceName);

function open({ database }: AssayOptions): Promise<DataSource> {
  if ('url' in database)
    return new DataSource({ ...dataSourceOptions(database), entities: assayEntities }).initialize();
  return Promise.resolve(database.dataSource);
}

/** Opens our DataSource, or takes the host's; ends it only when it is ours. */
@Module({ providers: [{ provide: token, inject: [assayOptions], useFactory: open }], exports: [token] })
export class DataSourceModule implements OnApplicationShutdown {
  constructor(
    @Inject(token) private readonly dataSource: DataSource,
    @Inject(assayOptions) private readonly options: AssayOptions,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    if ('url' in this.options.database && this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
