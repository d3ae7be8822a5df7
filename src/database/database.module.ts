import { Global, Module } from '@nestjs/common';
import { Database } from './database';

/** Hands out the {@link Database}; the DataSource under it is composed by AssayModule. */
@Global()
@Module({ providers: [Database], exports: [Database] })
export class DatabaseModule {}
