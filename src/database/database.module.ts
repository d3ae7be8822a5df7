import { Global, Module } from '@nestjs/common';
import { Database } from './database';
import { PoolWatch } from './pool-watch';

/** Hands out the {@link Database}; the DataSource under it is composed by AssayModule. */
@Global()
@Module({ providers: [Database, PoolWatch], exports: [Database] })
export class DatabaseModule {}
